# Writes to stderr without end, past Python.
# ends: limited: over its 1 MiB of output
import os

while True:
    os.write(2, b"x" * 10_000)
