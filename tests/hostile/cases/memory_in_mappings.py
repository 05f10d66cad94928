# Takes memory that is not on the heap.
# ends: limited: over its 256 MiB of memory
# limits: timeout=10s memory=256MiB
import mmap

kept = []
while True:
    piece = mmap.mmap(-1, 10**7)
    piece.write(bytes(10**7))
    kept.append(piece)
