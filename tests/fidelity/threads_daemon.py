# shows: the end waits for a thread, and not for a daemon
import threading
import time


def late():
    time.sleep(0.1)
    print("a thread ends after the last line")


def never():
    time.sleep(60)
    print("nobody sees this")


threading.Thread(target=never, daemon=True).start()
threading.Thread(target=late).start()
print("last line", threading.active_count())
