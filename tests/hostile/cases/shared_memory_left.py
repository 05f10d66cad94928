# Leaves shared memory behind that nobody else cleans up.
# ends: passed
import os

with open("/dev/shm/hostile-left", "w") as file:
    file.write("still here")
os._exit(0)
