class Plugin:
    known = {}

    def __init_subclass__(cls, key, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.known[key] = cls


class Reader(Plugin, key="r"):
    pass


class Writer(Plugin, key="w"):
    pass


sorted(Plugin.known)  # ['r', 'w']
print(Plugin.known["w"] is Writer)  # True
type(Reader)  # <class 'type'>


class Nameless(Plugin):  # Raises TypeError
    pass
