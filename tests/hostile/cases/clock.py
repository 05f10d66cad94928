# Sets the clock.
# ends: passed
import ctypes
import time

libc = ctypes.CDLL(None)


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


attempt("clock", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
buffer = ctypes.create_string_buffer(512)
if libc.settimeofday(buffer, None) == 0:
    print("REACHED settimeofday")
if libc.adjtimex(ctypes.create_string_buffer(b"\1", 512)) >= 0:
    print("REACHED adjtimex")
if libc.sethostname(b"x", 1) == 0:
    print("REACHED sethostname")
