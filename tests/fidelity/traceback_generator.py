# shows: an exception inside a generator inside a comprehension
def numbers():
    yield 1
    raise KeyError("key")


def doubled():
    yield from (n * 2 for n in numbers())


print([n for n in doubled()])
