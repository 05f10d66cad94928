import functools


def repeat(times):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args):
            return [func(*args) for _ in range(times)]

        return wrapper

    return decorate


@repeat(3)
def roll(sides):
    return sides - 1


print(roll(6))  # [5, 5, 5]
repeat(2)(len)("abcd")  # [4, 4]
result = roll(20)  # [19, 19, 19]
