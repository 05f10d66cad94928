# Sends signals to everyone.
# ends: passed
import os
import signal

try:
    os.kill(-1, signal.SIGKILL)
    print("REACHED everyone")
except OSError:
    pass
