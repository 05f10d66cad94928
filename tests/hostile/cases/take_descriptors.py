# Takes a file from another process.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


handle = libc.syscall(434, libc.getppid(), 0)
if handle >= 0:
    call("pidfd_getfd", 438, handle, 0, 0)
    call("signal", 424, handle, 9, 0, 0)
