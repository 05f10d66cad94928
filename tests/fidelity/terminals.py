# shows: a terminal of the program's own
# differs: the jail has no terminals to give
import os
import pty
import sys
import tty

master, slave = pty.openpty()
print(os.isatty(slave), os.isatty(master), os.ttyname(slave).startswith("/dev/pts/"))
tty.setraw(slave)
os.write(slave, b"typed")
print(os.read(master, 20))
os.close(master)
os.close(slave)
child, descriptor = pty.fork()
if child == 0:
    os.execvp(sys.executable, [sys.executable, "-c", "import sys; print(sys.stdout.isatty())"])
seen = b""
try:
    while True:
        seen += os.read(descriptor, 100)
except OSError:
    pass
print(seen, os.waitpid(child, 0)[1])
