# Takes memory that a file descriptor stands for.
# ends: limited
# ends level 3: incomplete: needs what is not supported here
# ends level 2: limited or incomplete: needs what is not supported here
# limits: timeout=10s memory=256MiB open-files=4096
import os

kept = []
while True:
    descriptor = os.memfd_create("hoard")
    os.write(descriptor, bytes(10**7))
    kept.append(descriptor)
