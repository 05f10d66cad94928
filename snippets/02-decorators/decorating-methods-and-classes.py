registry = {}


def register(cls):
    registry[cls.__name__.lower()] = cls
    return cls


@register
class Circle:
    def __init__(self, radius):
        self.radius = radius

    @property
    def area(self):
        return 3.14159265 * self.radius**2

    @staticmethod
    def sides():
        return 0


sorted(registry)  # ['circle']
print(registry["circle"] is Circle)  # True
print(Circle(5).area)  # 78.54
Circle.sides()  # 0

# Circle(5).area = 10  # AttributeError
