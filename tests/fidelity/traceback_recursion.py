# shows: endless recursion, and how its traceback is shortened
import sys


def f(n):
    return f(n + 1)


print(sys.getrecursionlimit())
try:
    f(0)
except RecursionError as error:
    print(error)
f(0)
