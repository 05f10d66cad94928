from functools import lru_cache


@lru_cache(maxsize=None)
def square(number):
    print("computing", number)
    return number * number


square(12)  # 144
square(12)  # 144 (cached)

info = square.cache_info()
# info = CacheInfo(hits=1, misses=1, maxsize=None, currsize=1)

square([3])  # TypeError: unhashable type: 'list'
