# shows: four hundred threads at once
import threading

barrier = threading.Barrier(401)
lock = threading.Lock()
total = 0


def add(n):
    global total
    barrier.wait()
    with lock:
        total += n


threads = [threading.Thread(target=add, args=(n,)) for n in range(400)]
for thread in threads:
    thread.start()
print(threading.active_count())
barrier.wait()
for thread in threads:
    thread.join()
print(total, threading.active_count(), threading.main_thread().name, threads[-1].name.split("-")[0])
