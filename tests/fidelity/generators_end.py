# shows: generators, context managers and coroutines that are left unfinished at the end
import contextlib


def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")


@contextlib.contextmanager
def room():
    print("enter")
    try:
        yield
    finally:
        print("leave")


async def never():
    await never()


left = numbers()
print(next(left))
manager = room()
manager.__enter__()
coroutine = never()
print("last line")
