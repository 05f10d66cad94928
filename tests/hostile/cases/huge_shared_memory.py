# Sixteen gigabytes of shared memory.
# ends: limited
from multiprocessing import shared_memory

shared_memory.SharedMemory(create=True, size=16 << 30)
