# Leaves the folder of shared memory empty and not as it was.
# ends: passed
import os

for change in (lambda: os.setxattr("/dev/shm", "user.hostile", b"1"), lambda: os.chmod("/dev/shm", 0o500)):
    try:
        change()
    except OSError:
        pass
