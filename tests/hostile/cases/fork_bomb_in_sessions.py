# Forks without end, each one in a session of its own.
# ends: limited: more than 64 processes
# limits: timeout=5s processes=64
import os

while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
