# shows: which descriptors are open, and that a new one gets the next number
# differs: what the program tells of itself leaves on a descriptor of its own
import os

print(sorted(int(name) for name in os.listdir("/proc/self/fd")))
