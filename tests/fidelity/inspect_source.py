# shows: the source of functions, classes, lambdas and methods, and where they stand
import inspect


def add(a: int, b: int = 2) -> int:
    """Adds."""
    return a + b


class Shape:
    """A shape."""

    sides = 0

    def name(self):
        # a comment stays
        return type(self).__name__


square = lambda x: x * x  # noqa

print(inspect.getsource(add))
print(inspect.getsource(Shape))
print(inspect.getsource(Shape.name))
print(inspect.getsource(square))
print(inspect.getsourcelines(add)[1], inspect.getcomments(add), inspect.getdoc(Shape))
print(inspect.getsourcefile(add) == __file__, inspect.getfile(Shape) == __file__)
print(inspect.getmodule(add).__name__, inspect.signature(add))
print(inspect.stack()[0].function, inspect.currentframe().f_lineno)
print(len(inspect.getsource(inspect.getmodule(add)).splitlines()))
