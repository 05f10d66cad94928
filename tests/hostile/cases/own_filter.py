# Filters its own system calls, so that it cannot be ended politely.
# ends: timed_out
# limits: timeout=500ms
import ctypes
import signal
import time

libc = ctypes.CDLL(None)
libc.prctl(1, 0, 0, 0, 0)
libc.prctl(4, 0, 0, 0, 0)
libc.prctl(36, 1, 0, 0, 0)
libc.prctl(15, b"kworker/0:1", 0, 0, 0)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    time.sleep(1)
