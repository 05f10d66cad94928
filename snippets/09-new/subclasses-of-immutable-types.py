class Percent(int):
    def __new__(cls, value):
        return super().__new__(cls, max(0, min(100, value)))


Percent(40)  # 40
Percent(250)  # 100
Percent(-3)  # 0
print(Percent(99) + 5)  # => 104
type(Percent(99) + 5)  # int
isinstance(Percent(7), int)  # True
