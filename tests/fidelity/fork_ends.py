# shows: a forked copy runs its own end: atexit, destructors, threads of its own
import atexit
import os

owner = os.getpid()


class Thing:
    def __del__(self):
        print("del in the", "parent" if os.getpid() == owner else "child")


thing = Thing()
atexit.register(lambda: print("atexit in the", "parent" if os.getpid() == owner else "child"))
if os.fork() == 0:
    print("the child goes on")
else:
    os.wait()
    print("the parent goes on")
