# Restarts the machine.
# ends: passed
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
machine = platform.machine()


def call(name, numbers, *arguments):
    number = numbers[machine] if isinstance(numbers, dict) else numbers
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED", name)


for order in (0x89ABCDEF, 0, 0x1234567, 0x4321FEDC, 0xA1B2C3D4):
    call("reboot", {"x86_64": 169, "aarch64": 142}, 0xFEE1DEAD, 672274793, order, 0)
