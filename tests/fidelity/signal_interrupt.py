# shows: SIGINT is an exception that can be caught
import os
import signal

try:
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        pass
except KeyboardInterrupt as error:
    print("caught", repr(error))
finally:
    print("finally")
