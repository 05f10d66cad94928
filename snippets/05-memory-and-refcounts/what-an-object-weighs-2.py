class Slim:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


slim = Slim(1, 2)
hasattr(slim, "__dict__")  # False
print(Slim.__slots__)  # ('x', 'y')
slim.x += 10
slim.x  # 11

# slim.z = 3  # AttributeError
