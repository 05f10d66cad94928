# One line of a hundred megabytes.
# ends: limited: over its 1 MiB of output
print("x" * 100_000_000)
