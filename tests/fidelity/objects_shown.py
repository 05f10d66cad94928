# shows: how objects of the file's own classes are shown
import collections
import dataclasses
import enum
import types
import typing


@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: float = 0.5
    tags: list = dataclasses.field(default_factory=list)


class Color(enum.Enum):
    RED = 1
    BLUE = "b"


class Mode(enum.Flag):
    R = enum.auto()
    W = enum.auto()


Pair = collections.namedtuple("Pair", "left right")


class Movie(typing.NamedTuple):
    name: str
    year: int = 2000


class Plain:
    pass


def outer():
    class Local:
        pass

    return Local, lambda: 0


print(Point(1), Color.RED, repr(Color.BLUE), Mode.R | Mode.W, Pair(1, 2), Movie("m"))
print(Plain, type(Plain()), outer()[0], outer()[1].__qualname__, Plain.__dict__["__module__"])
print(repr(Plain()).split(" at ")[0], repr(outer).split(" at ")[0], Pair.__module__, Point.__eq__.__qualname__)
print(types.SimpleNamespace(a=1), typing.Optional[Point], Point.__init__.__annotations__)
print(sorted(Plain.__dict__), Plain.__mro__)
