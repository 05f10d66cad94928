# Forks without end.
# ends: limited: more than 64 processes
# limits: timeout=5s processes=64
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
