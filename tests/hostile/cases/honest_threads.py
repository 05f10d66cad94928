# No harm: four hundred threads.
# ends: passed
import threading

done = threading.Event()
threads = [threading.Thread(target=done.wait) for _ in range(400)]
for thread in threads:
    thread.start()
print(threading.active_count())  # 401
done.set()
