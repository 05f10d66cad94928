# Takes all memory, bit by bit.
# ends: limited
# limits: memory=256MiB
hoard = []
while True:
    hoard.append(bytearray(10**7))
