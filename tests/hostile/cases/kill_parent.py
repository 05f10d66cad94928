# Sends signals to the process that made it.
# ends: passed
import os
import signal

for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV, signal.SIGINT):
    try:
        os.kill(os.getppid(), number)
        print("REACHED", number)
    except OSError:
        pass
