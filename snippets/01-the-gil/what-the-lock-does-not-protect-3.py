import threading

plain = threading.Lock()
plain.acquire()  # True
plain.acquire(blocking=False)  # False
plain.release()

nested = threading.RLock()
nested.acquire()  # True
nested.acquire(blocking=False)  # True
nested.release()
nested.release()
nested.release()  # RuntimeError: cannot release un-acquired lock
