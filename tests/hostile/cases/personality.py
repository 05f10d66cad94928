# Changes how the kernel treats it, and how its addresses are chosen.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


call("no randomness", {"x86_64": 135, "aarch64": 92}, 0x0040000)
call("old layout", {"x86_64": 135, "aarch64": 92}, 0x0200000)
