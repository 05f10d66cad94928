# Calls itself until the stack is used up.
# ends: errored or limited or timed_out or passed
# limits: timeout=3s
import sys

sys.setrecursionlimit(10**9)


def deeper():
    return [deeper()]


deeper()
