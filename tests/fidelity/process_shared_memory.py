# shows: shared memory by name, a shareable list, and both gone afterwards
from multiprocessing import Process, shared_memory


def write(name):
    block = shared_memory.SharedMemory(name=name)
    block.buf[:5] = b"hello"
    block.close()


if __name__ == "__main__":
    block = shared_memory.SharedMemory(create=True, size=64)
    process = Process(target=write, args=(block.name,))
    process.start()
    process.join()
    print(bytes(block.buf[:5]), block.size)
    name = block.name
    block.close()
    block.unlink()
    try:
        shared_memory.SharedMemory(name=name)
    except FileNotFoundError as error:
        print(type(error).__name__, error.errno)
    numbers = shared_memory.ShareableList([1, "two", 3.0, None])
    print(list(numbers), numbers.count("two"))
    numbers.shm.close()
    numbers.shm.unlink()
