# System calls that no snippet needs.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


buffer = ctypes.create_string_buffer(512)
call("io_uring_setup", 425, 8, buffer)
call("io_uring_enter", 426, 0, 0, 0, 0, 0, 0)
call("keyctl", {"x86_64": 250, "aarch64": 219}, 0, -3, 1)
call("add_key", {"x86_64": 248, "aarch64": 217}, b"user", b"hostile", b"x", 1, -3)
call("request_key", {"x86_64": 249, "aarch64": 218}, b"user", b"hostile", 0, -3)
call("bpf", {"x86_64": 321, "aarch64": 280}, 0, buffer, 48)
call("perf_event_open", {"x86_64": 298, "aarch64": 241}, buffer, 0, -1, -1, 0)
call("userfaultfd", {"x86_64": 323, "aarch64": 282}, 1)
call("memfd_secret", 447, 0)
call("init_module", {"x86_64": 175, "aarch64": 105}, buffer, 512, b"")
call("finit_module", {"x86_64": 313, "aarch64": 273}, 0, b"", 0)
call("delete_module", {"x86_64": 176, "aarch64": 106}, b"loop", 0)
call("kexec_load", {"x86_64": 246, "aarch64": 104}, 0, 0, 0, 0)
call("kexec_file_load", {"x86_64": 320, "aarch64": 294}, -1, -1, 0, b"", 8)
call("syslog", {"x86_64": 103, "aarch64": 116}, 3, buffer, 512)
call("acct", {"x86_64": 163, "aarch64": 89}, b"/tmp/x")
call("fanotify_init", {"x86_64": 300, "aarch64": 262}, 0, 0)
call("process_mrelease", 448, 0, 0)
call("move_pages", {"x86_64": 279, "aarch64": 239}, 0, 0, 0, 0, 0, 0)
