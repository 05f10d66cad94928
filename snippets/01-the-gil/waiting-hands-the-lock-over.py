import threading
import time

started = time.perf_counter()
threads = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(f"{time.perf_counter() - started:.1f} seconds")  # ~0.1 seconds
