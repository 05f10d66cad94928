# Ignores every signal that it may.
# ends: timed_out
# limits: timeout=500ms
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(1)
