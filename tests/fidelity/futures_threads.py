# shows: a thread pool: order, callbacks, cancelled jobs, thread names
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

gate = threading.Event()


def slow(n):
    gate.wait()
    return n * 2


with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pool") as pool:
    first = pool.submit(slow, 1)
    second = pool.submit(slow, 2)
    while not first.running():
        time.sleep(0.001)
    print(second.cancel(), first.cancel())
    first.add_done_callback(lambda job: print("done", job.result(), threading.current_thread().name))
    gate.set()
done, waiting = wait([first, second])
print(len(done), len(waiting), first.result(), second.cancelled())
with ThreadPoolExecutor(4) as pool:
    print(list(pool.map(pow, [2, 3, 4], [5, 4, 3])))
