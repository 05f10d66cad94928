# Stops itself.
# ends: timed_out
# limits: timeout=500ms
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
