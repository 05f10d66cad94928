# Stops its whole process group.
# ends: timed_out
# limits: timeout=500ms
import os
import signal

os.killpg(0, signal.SIGSTOP)
