class Shape:
    def __repr__(self):
        return f"{type(self).__name__}()"


class Square(Shape):
    pass


class Broken:
    def __repr__(self):
        return 42


print([Shape(), Square()])  # [Shape(), Square()]
repr(Square())  # 'Square()'
repr(Broken())  # TypeError: __repr__ returned non-string (type int)
