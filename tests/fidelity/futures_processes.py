# shows: a process pool of concurrent.futures: results in order, an exception with its remote traceback
from concurrent.futures import ProcessPoolExecutor, as_completed


def root(n):
    if n < 0:
        raise ValueError("negative: %d" % n)
    return n**0.5


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as pool:
        print(list(pool.map(root, [1, 4, 9], chunksize=2)))
        jobs = {pool.submit(root, n): n for n in (16, 25)}
        print(sorted(job.result() for job in as_completed(jobs)))
        failed = pool.submit(root, -1).exception()
        print(repr(failed), "root" in str(failed.__cause__))
