# A thread that is waited for at the end.
# ends: timed_out
# limits: timeout=500ms
import threading
import time

threading.Thread(target=time.sleep, args=(600,)).start()
