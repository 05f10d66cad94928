# shows: values, arrays, pipes, events and semaphores between processes
import multiprocessing


def work(total, squares, pipe, ready):
    ready.wait()
    with total.get_lock():
        total.value += 5
    for index in range(len(squares)):
        squares[index] = index * index
    pipe.send({"done": True})
    pipe.close()


if __name__ == "__main__":
    total, squares = multiprocessing.Value("i", 1), multiprocessing.Array("d", 4)
    ours, theirs = multiprocessing.Pipe()
    ready = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(total, squares, theirs, ready))
    process.start()
    ready.set()
    print(ours.recv())
    process.join()
    print(total.value, squares[:], multiprocessing.BoundedSemaphore(3).get_value())
