# Workers that cannot be asked to end.
# ends: timed_out
# limits: timeout=1s
import multiprocessing
import signal
import time


def work(_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(1)


context = multiprocessing.get_context("fork")
pool = context.Pool(4)
pool.map(work, range(4))
