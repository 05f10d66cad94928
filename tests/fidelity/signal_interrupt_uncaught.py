# shows: an interrupt that nobody catches
# differs: an uncaught interrupt is told as the exception that it is, not as a death by SIGINT
import os
import signal


def wait():
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        pass


print("before")
wait()
