# Sleeps for ever.
# ends: timed_out
# limits: timeout=500ms
import time

time.sleep(10**6)
