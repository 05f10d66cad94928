# shows: a process made by fork shares what was there, and its end is waited for
import multiprocessing

shared = ["made before"]


def work(queue):
    shared.append("made in the child")
    print("in the child:", shared)
    queue.put((multiprocessing.current_process().name, __name__))


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=work, args=(queue,), name="worker")
    process.start()
    print(queue.get())
    process.join()
    print(process.exitcode, process.is_alive(), shared)
