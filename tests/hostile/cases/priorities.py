# Takes more than its share of processor time and memory.
# ends: passed
import ctypes
import os
import resource

libc = ctypes.CDLL(None)


def checked(answer):
    if answer < 0:
        raise OSError


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


attempt("nice", lambda: os.nice(-1))
attempt("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
attempt("round robin", lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(99)))
attempt("pin", lambda: checked(libc.mlockall(3)))
for name in ("CPU", "DATA", "FSIZE", "NOFILE", "NPROC", "MEMLOCK", "CORE", "RTPRIO", "NICE"):
    number = getattr(resource, "RLIMIT_" + name)
    soft, hard = resource.getrlimit(number)
    if hard != resource.RLIM_INFINITY:
        attempt(name, lambda: resource.setrlimit(number, (hard + 1, hard + 1)))
