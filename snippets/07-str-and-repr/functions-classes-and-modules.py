import math


def area(radius):
    return math.pi * radius**2


class Circle:
    pass


print(area)  # <function area at 0x...>
print(Circle)  # <class '__main__.Circle'>
print(type(Circle()))  # Circle
print(len)  # <built-in function len>
print(round(area(1), 4))  # 3.1416
area(1)  # 3.14
