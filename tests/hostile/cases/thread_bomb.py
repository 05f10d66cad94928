# Starts threads as long as it can.
# ends: limited
# limits: timeout=10s
import threading

forever = threading.Event()
while True:
    threading.Thread(target=forever.wait, daemon=True).start()
