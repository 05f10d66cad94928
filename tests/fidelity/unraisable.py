# shows: exceptions that cannot be raised, in a destructor, a weakref and a generator
import sys
import weakref


class Broken:
    def __del__(self):
        raise ValueError("in a destructor")


def broken():
    try:
        yield 1
    finally:
        raise KeyError("while closing")


value = Broken()
del value
generator = broken()
next(generator)
del generator


class Plain:
    pass


plain = Plain()
watcher = weakref.ref(plain, lambda ref: 1 / 0)
del plain
sys.unraisablehook = lambda given: print("hook:", given.exc_type.__name__, given.err_msg)
value = Broken()
del value
