# Opens files by a handle instead of a path.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


handle = ctypes.create_string_buffer(b"\x80\0\0\0", 200)
mount = ctypes.c_int()
call("name_to_handle_at", {"x86_64": 303, "aarch64": 264}, -100, b"/etc/passwd", handle, ctypes.byref(mount), 0)
call("open_by_handle_at", {"x86_64": 304, "aarch64": 265}, -100, handle, 0)
