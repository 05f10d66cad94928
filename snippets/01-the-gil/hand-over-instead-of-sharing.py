import queue
import threading

jobs = queue.Queue()
squares = []


def worker():
    while True:
        number = jobs.get()
        if number is None:
            break
        squares.append(number * number)


for number in (2, 3, 4):
    jobs.put(number)
jobs.put(None)
jobs.qsize()  # 4

thread = threading.Thread(target=worker)
thread.start()
thread.join()

print(squares)  # [4, 9, 16]
jobs.empty()  # True
