import threading
from concurrent.futures import ThreadPoolExecutor

meeting = threading.Barrier(3)


def arrive(name):
    meeting.wait(timeout=5)
    return name.upper()


with ThreadPoolExecutor(max_workers=3) as pool:
    results = list(pool.map(arrive, ["ann", "bob", "cid"]))

print(results)  # ['ANN', 'BOB', 'CID']
meeting.n_waiting  # 0
