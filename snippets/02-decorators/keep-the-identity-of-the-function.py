import functools


def plain(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


def polite(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


@plain
def area(width, height):
    """Area of a rectangle."""
    return width * height


@polite
def volume(width, height, depth):
    """Volume of a box."""
    return width * height * depth


area.__name__  # 'wrapper'
print(area.__doc__)  # None
volume.__name__  # 'volume'
print(volume.__doc__)  # -> Volume of a box.
