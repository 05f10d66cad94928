# shows: sizes of objects, memory that grows and goes, a thing too large to make
import array
import sys

print(sys.getsizeof([]), sys.getsizeof("a"), sys.getsizeof(10**20), sys.getsizeof({}), sys.getsizeof(object()))
block = bytearray(200_000_000)
print(len(block), array.array("d", [1.0]).itemsize)
del block
try:
    "x" * 10**18
except MemoryError as error:
    print(type(error).__name__, error)
try:
    [0] * sys.maxsize
except MemoryError:
    print("too large")
try:
    int("1" * 5000)
except ValueError as error:
    print(str(error).split(";")[0])
else:
    print("converted")
print(sys.intern("abc") is "abc")
