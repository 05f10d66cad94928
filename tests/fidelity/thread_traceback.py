# shows: an exception in a thread is told on stderr, and the program goes on
import threading


def inner(n):
    return 1 / n


def outer():
    inner(0)


thread = threading.Thread(target=outer, name="divider")
thread.start()
thread.join()
print("goes on")


def leave():
    raise SystemExit(4)


thread = threading.Thread(target=leave)
thread.start()
thread.join()
threading.excepthook = lambda given: print("hook:", given.exc_type.__name__, given.thread.name)
thread = threading.Thread(target=outer, name="second")
thread.start()
thread.join()
