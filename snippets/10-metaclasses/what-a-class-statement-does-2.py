class Once(dict):
    def __setitem__(self, key, value):
        if key in self and not key.startswith("__"):
            raise TypeError(f"{key} is defined twice")
        super().__setitem__(key, value)


class Strict(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return Once()


class Good(metaclass=Strict):
    a = 1
    b = 2


Good.a + Good.b  # 3
type(vars(Good))  # mappingproxy


class Bad(metaclass=Strict):
    a = 1
    a = 2  # TypeError: a is defined twice
