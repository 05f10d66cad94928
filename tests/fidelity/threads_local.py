# shows: locals of threads, a timer, a condition, a queue that is joined
import queue
import threading

local = threading.local()
local.name = "main"
jobs = queue.Queue()
seen = []


def work():
    seen.append(hasattr(local, "name"))
    while True:
        job = jobs.get()
        if job is None:
            break
        seen.append(job)
        jobs.task_done()


worker = threading.Thread(target=work)
worker.start()
for job in "abc":
    jobs.put(job)
jobs.join()
jobs.put(None)
worker.join()
print(seen, local.name)
timer = threading.Timer(0.01, print, ["timer", "ran"])
timer.start()
timer.join()
print(repr(threading.current_thread()).split("(")[0], threading.current_thread() is threading.main_thread())
