# shows: annotations of a module without the future import
import typing

count: int = 1
names: typing.List[str]
print(__annotations__["count"], "names" in __annotations__, typing.get_type_hints(__import__("__main__")))


class C:
    a: int
    b: str = "x"


print(C.__annotations__)
