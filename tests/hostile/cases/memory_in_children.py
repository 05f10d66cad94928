# Eight processes that take together what none may take alone.
# ends: limited: over its 256 MiB of memory
# limits: timeout=10s memory=256MiB
import os
import time

for _ in range(8):
    if os.fork() == 0:
        hoard = bytearray(80_000_000)
        time.sleep(600)
time.sleep(600)
