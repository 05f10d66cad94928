class Interval(tuple):
    def __new__(cls, low, high):
        if low > high:
            low, high = high, low
        return super().__new__(cls, (low, high))

    @property
    def width(self):
        return self[1] - self[0]


span = Interval(9, 4)
print(span)  # (4, 9)
span.width  # 5
span == (4, 9)  # True
{span, Interval(4, 9)}  # {(4, 9)}

# span[0] = 1  # TypeError: 'Interval' object does not support item assignment
