# shows: a program that becomes another one
import os
import sys

print("before", flush=True)
os.execv(sys.executable, [sys.executable, "-c", "import sys; print('after'); sys.exit(8)"])
