# shows: what happens at the end: threads, then atexit from the last to the first, then objects
import atexit
import threading
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


@atexit.register
def first():
    print("atexit first, still there:", thing.name)


atexit.register(print, "atexit second", sep="-")
thing = Thing("global")
finalizer = weakref.finalize(thing, print, "finalize")
gate = threading.Event()
thread = threading.Thread(target=lambda: (gate.wait(), print("thread")))
thread.start()
atexit.register(lambda: 1 / 0)
print("last line", finalizer.alive)
gate.set()
