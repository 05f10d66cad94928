# shows: an exception in a child process is told by the child, and in a pool by the parent
import multiprocessing
import os
import sys


def fail():
    raise ValueError("in the child")


def leave():
    sys.exit(3)


def vanish():
    os._exit(7)


def divide(n):
    return 1 // n


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    for target in (fail, leave, vanish):
        process = context.Process(target=target, name="child")
        process.start()
        process.join()
        print(target.__name__, process.exitcode)
    process = context.Process(target=__import__("time").sleep, args=(60,))
    process.start()
    process.terminate()
    process.join()
    print(process.exitcode)
    with context.Pool(1) as pool:
        try:
            pool.map(divide, [1, 0])
        except ZeroDivisionError as error:
            print(type(error.__cause__).__name__, error)
