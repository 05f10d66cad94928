# Looks for files that were left open.
# ends: passed
import os

for number in range(3, 4096):
    try:
        found = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if not found.startswith(("pipe:", "/proc/")) or number not in (3, 1000):
        print("REACHED", number, found)
