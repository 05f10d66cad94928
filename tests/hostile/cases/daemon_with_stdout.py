# A daemon that keeps writing to stdout.
# ends: passed
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            os.write(1, b".")
            time.sleep(0.01)
    os._exit(0)
os.wait()
