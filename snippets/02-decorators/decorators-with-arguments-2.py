def repeat(times):
    def decorate(func):
        return lambda *args: [func(*args) for _ in range(times)]

    return decorate


@repeat
def roll():
    return 4


roll.__name__  # 'decorate'
roll()  # TypeError: ...missing 1 required positional argument: 'func'
