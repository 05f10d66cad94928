# Fills the disk with files that are each small enough, and takes no offence.
# ends: limited: over its 64 MiB of disk
# limits: disk=64MiB timeout=10s
import itertools

for number in itertools.count():
    try:
        with open(f"file{number}", "wb") as file:
            file.write(bytes(10**7))
    except OSError:
        pass
