# shows: a hook for what nothing caught
import sys


def hook(kind, error, trace):
    print("hook:", kind.__name__, error, trace.tb_lineno, trace.tb_next.tb_lineno)


def f():
    raise ValueError("told by the hook")


sys.excepthook = hook
f()
