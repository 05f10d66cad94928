# Sends a signal to whoever has a small number.
# ends: passed
import os
import signal

for number in range(1, 3000):
    if number == os.getpid():
        continue
    try:
        os.kill(number, signal.SIGKILL)
        print("REACHED", number)
    except OSError:
        pass
