# Attaches to its parent as a debugger, and reads and writes its memory.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


parent = libc.getppid()
call("ptrace", {"x86_64": 101, "aarch64": 117}, 16, parent, 0, 0)
call("seize", {"x86_64": 101, "aarch64": 117}, 0x4206, parent, 0, 0)
buffer = ctypes.create_string_buffer(8)
part = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 8)
call("read", {"x86_64": 310, "aarch64": 270}, parent, part, 1, part, 1, 0)
call("write", {"x86_64": 311, "aarch64": 271}, parent, part, 1, part, 1, 0)
call("kcmp", {"x86_64": 312, "aarch64": 272}, parent, parent, 0, 0, 0)
