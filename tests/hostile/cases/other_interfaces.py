# System calls of another interface, and of an older machine.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None)
if platform.machine() == "x86_64" and libc.syscall(0x40000000 | 39) >= 0:
    print("REACHED x32")
