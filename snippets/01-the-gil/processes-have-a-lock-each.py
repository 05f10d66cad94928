import threading


def spin(count):
    while count:
        count -= 1


spin(2_000_000)  # 0.1 seconds

threads = [threading.Thread(target=spin, args=(2_000_000,)) for _ in range(2)]

# 0.2 seconds, no speedup
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
