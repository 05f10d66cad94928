# shows: os._exit leaves everything behind
import atexit
import os
import sys

atexit.register(print, "not reached")
try:
    print("kept")
    sys.stdout.flush()
    os._exit(9)
finally:
    print("not reached")
