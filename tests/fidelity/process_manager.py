# shows: a manager's dict and list, and a lock that two processes share
import multiprocessing


def add(table, names, lock, key):
    with lock:
        table[key] = len(key)
        names.append(key)


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        table, names, lock = manager.dict(), manager.list(), manager.Lock()
        workers = [multiprocessing.Process(target=add, args=(table, names, lock, key)) for key in ("one", "three")]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print(sorted(table.items()), sorted(names))
