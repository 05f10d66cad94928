# shows: what a class statement can see, and how its parts are called
import abc
import functools
import inspect


class Base(abc.ABC):
    registry = []

    def __init_subclass__(cls, **given):
        super().__init_subclass__()
        Base.registry.append((cls.__name__, given))

    @abc.abstractmethod
    def area(self): ...


class Square(Base, kind="flat"):
    def __init__(self, side):
        self.__side = side

    @functools.lru_cache(maxsize=None)
    def area(self):
        return self.__side**2


class Meta(type):
    def __call__(cls, *given):
        print("making", cls.__name__)
        return super().__call__(*given)


class Made(metaclass=Meta):
    __slots__ = ("a",)


print(Base.registry, Square(3).area(), vars(Square(2)), Square.area.cache_info().misses)
print([c.__name__ for c in object.__subclasses__() if c.__module__ == "__main__"], Meta.__subclasses__(Meta))
print(type(Made()).__slots__, inspect.isabstract(Base), Made.__flags__ > 0)
try:
    Base()
except TypeError as error:
    print(error)
Made().b = 1
