# shows: SIGTERM without a handler ends the program at once
import atexit
import os
import signal

atexit.register(print, "not reached")
print("before")
os.kill(os.getpid(), signal.SIGTERM)
print("after")
