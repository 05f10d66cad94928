# Fills the disk.
# ends: limited
# limits: disk=64MiB
with open("big", "wb") as file:
    while True:
        file.write(bytes(10**7))
