# Fills shared memory.
# ends: limited
# limits: disk=64MiB
with open("/dev/shm/big", "wb") as file:
    while True:
        file.write(bytes(10**7))
