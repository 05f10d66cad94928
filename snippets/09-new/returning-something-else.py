class Shape:
    def __new__(cls, *sizes):
        if cls is Shape:
            cls = Circle if len(sizes) == 1 else Box
        return super().__new__(cls)

    def __init__(self, *sizes):
        self.sizes = sizes


class Circle(Shape):
    def area(self):
        return 3.14159265 * self.sizes[0] ** 2


class Box(Shape):
    def area(self):
        return self.sizes[0] * self.sizes[1]


for shape in (Shape(2), Shape(3, 4)):
    print(type(shape).__name__, round(shape.area(), 2))
# Circle 12.57
# Box 12

type(Shape(1))  # <class '__main__.Circle'>
Shape(1).area()  # 3.1416
