import threading
import time


def spin(count):
    while count:
        count -= 1


started = time.perf_counter()
spin(2_000_000)
print(f"alone: {time.perf_counter() - started:.2f}")  # 0.1 seconds

threads = [threading.Thread(target=spin, args=(2_000_000,)) for _ in range(2)]
started = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"shared: {time.perf_counter() - started:.2f}")  # 0.2 seconds, no speedup
