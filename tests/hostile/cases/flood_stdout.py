# Writes to stdout without end.
# ends: limited: over its 1 MiB of output
while True:
    print("x" * 10_000)
