# Types into the terminal of whoever started it.
# ends: passed
import fcntl
import os
import pty

for number in (0, 1, 2):
    try:
        fcntl.ioctl(number, 0x5412, b"x")
        print("REACHED", number)
    except OSError:
        pass
try:
    master, slave = pty.openpty()
except OSError:
    pass
else:
    try:
        fcntl.ioctl(slave, 0x5412, b"x")
        print("REACHED a terminal of its own")
    except OSError:
        pass
