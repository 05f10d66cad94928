# Makes namespaces, and enters them.
# ends: passed
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80):
    call("unshare %x" % flag, {"x86_64": 272, "aarch64": 97}, flag)
call("both", {"x86_64": 272, "aarch64": 97}, 0x10020000)
child = libc.syscall({"x86_64": 56, "aarch64": 220}[machine], 0x10000000 | 17, 0, 0, 0, 0)
if child == 0:
    os._exit(0)
if child > 0:
    print("REACHED clone")
arguments = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, 17)
child = libc.syscall(435, arguments, 88)
if child == 0:
    os._exit(0)
if child > 0:
    print("REACHED clone3")
for name in ("user", "net", "mnt", "pid"):
    try:
        descriptor = os.open(f"/proc/self/ns/{name}", os.O_RDONLY)
    except OSError:
        continue
    call("setns", {"x86_64": 308, "aarch64": 268}, descriptor, 0)
