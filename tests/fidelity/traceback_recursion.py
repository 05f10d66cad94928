# shows: endless recursion, and how its traceback is shortened
# differs: one frame of the program that runs the code stands below the module's
import sys


def f(n):
    return f(n + 1)


print(sys.getrecursionlimit())
try:
    f(0)
except RecursionError as error:
    print(error)
f(0)
