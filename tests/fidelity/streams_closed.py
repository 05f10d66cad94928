# shows: a program that closes its stdout and stderr
import os
import sys

print("before")
sys.stdout.close()
try:
    print("after")
except ValueError as error:
    print(error, file=sys.stderr)
sys.stdout = None
print("nowhere")
os.write(1, b"the descriptor is still open\n")
