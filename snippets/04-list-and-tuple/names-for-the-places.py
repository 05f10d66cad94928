from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float = 0.0


here = Point(1.5)
print(here)  # Point(x=1.5, y=0.0)
here == (1.5, 0.0)  # True
here._replace(y=2.5)  # Point(x=1.5, y=2.5)
isinstance(here, tuple)  # True
Point._fields  # ('x', 'y')
here.x = 3  # Raises AttributeError
