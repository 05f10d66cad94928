class Symbol:
    _known = {}

    def __new__(cls, name):
        if name not in cls._known:
            symbol = super().__new__(cls)
            symbol.name = name
            cls._known[name] = symbol
        return cls._known[name]

    def __repr__(self):
        return f"Symbol({self.name!r})"


Symbol("x") is Symbol("x")  # True (cached)
Symbol("x") is Symbol("y")  # False
print({Symbol("x"), Symbol("x")})  # {Symbol('x')}
print(list(Symbol._known))  # ['x', 'y']
