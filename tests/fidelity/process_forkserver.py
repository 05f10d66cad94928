# shows: a pool of processes from a fork server, with functions of this file
import multiprocessing


def cube(n):
    return n**3


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    with context.Pool(2) as pool:
        print(pool.map(cube, range(5)))
        print(pool.apply(cube, (10,)))
