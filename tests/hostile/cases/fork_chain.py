# Each process forks and is gone, so that none is there long enough to be hit.
# ends: passed
# limits: timeout=2s
import os

while True:
    try:
        if os.fork() != 0:
            os._exit(0)
    except OSError:
        pass
