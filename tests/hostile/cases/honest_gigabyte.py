# No harm: a gigabyte at once, as array libraries take it, and a part of it used.
# ends: passed
import mmap

block = mmap.mmap(-1, 1 << 30)
block[:100_000_000] = b"x" * 100_000_000
print(len(block))  # 1073741824
