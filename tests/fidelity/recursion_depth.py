# shows: how deep a function can call itself, and that the limit can be raised
# differs: one frame of the program that runs the code stands below the module's
import sys


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(depth(), sys.getrecursionlimit())
sys.setrecursionlimit(300)
print(depth())
sys.setrecursionlimit(5000)


def count(n):
    return 0 if n == 0 else 1 + count(n - 1)


print(count(4900))
