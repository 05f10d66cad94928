# shows: patterns of classes, mappings and sequences
# from: 3.10
import dataclasses


@dataclasses.dataclass
class Point:
    x: int
    y: int


def tell(value):
    match value:
        case Point(x=0, y=y):
            return f"on the axis at {y}"
        case {"kind": kind, **rest}:
            return f"{kind} with {rest}"
        case [first, *_] if first:
            return f"begins with {first}"
        case str() | int() as plain:
            return f"plain {plain!r}"
        case _:
            return "something else"


for value in (Point(0, 3), {"kind": "k", "a": 1}, [1, 2], [], "text", 4.5):
    print(tell(value))
print(Point.__match_args__)
tell.nothing
