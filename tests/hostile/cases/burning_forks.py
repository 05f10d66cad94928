# Four processes that burn processor time.
# ends: limited: over its 1 s of processor time
# limits: timeout=20s cpu=1s
import os

for _ in range(4):
    if os.fork() == 0:
        while True:
            pass
while True:
    pass
