# shows: an interrupt that nobody catches
import os
import signal


def wait():
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        pass


print("before")
wait()
