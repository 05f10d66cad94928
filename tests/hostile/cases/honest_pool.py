# No harm: a pool of eight processes.
# ends: passed
import multiprocessing


def square(number):
    return number * number


with multiprocessing.get_context("fork").Pool(8) as pool:
    print(sum(pool.map(square, range(100))))  # 328350
