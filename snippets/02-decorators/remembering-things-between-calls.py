import functools


def counted(func):
    @functools.wraps(func)
    def wrapper(*args):
        wrapper.calls += 1
        return func(*args)

    wrapper.calls = 0
    return wrapper


@counted
def double(number):
    return 2 * number


for number in (1, 5, 9):
    print(double(number))  # 2, 10, 18

print(double.calls)  # Calls: 3
