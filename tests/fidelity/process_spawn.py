# shows: a spawned process reads the file again, under another name
import multiprocessing

print("read as", __name__)


class Point:
    def __init__(self, x):
        self.x = x


def work(point, queue):
    queue.put((type(point).__module__, point.x + 1))


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=work, args=(Point(4), queue))
    process.start()
    print(queue.get())
    process.join()
    print(process.exitcode)
