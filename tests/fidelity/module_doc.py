"""A module with words of its own."""
# shows: the docstring of a module, annotations and names kept private
from __future__ import annotations

x: int = 1
y: "list[int]"
z: Undefined
_hidden = 2
print(__doc__)
print(__annotations__)
print("y" in globals())


def f(a: Nowhere) -> None: ...


print(f.__annotations__)
