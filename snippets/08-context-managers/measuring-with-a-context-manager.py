import time


class Stopwatch:
    elapsed = None

    def __enter__(self):
        self.started = time.perf_counter()
        return self

    def __exit__(self, *exc_info):
        self.elapsed = time.perf_counter() - self.started


with Stopwatch() as watch:
    time.sleep(0.05)
    print(watch.elapsed)  # None

type(watch.elapsed)  # float
print(f"{watch.elapsed:.2f} s")  # ~0.05 seconds
