# Never gets through what it registered for its end.
# ends: timed_out
# limits: timeout=500ms
import atexit


@atexit.register
def again():
    while True:
        pass
