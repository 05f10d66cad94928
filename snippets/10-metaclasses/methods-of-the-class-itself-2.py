class Cached(type):
    def __init__(cls, *args):
        super().__init__(*args)
        cls.instances = {}

    def __call__(cls, *args):
        if args not in cls.instances:
            cls.instances[args] = super().__call__(*args)
        return cls.instances[args]


class Color(metaclass=Cached):
    def __init__(self, name):
        print("init", name)
        self.name = name


red = Color("red")
#> init red
also_red = Color("red")
also_red is red  # True (cached)
sorted(Color.instances)  # [('red',)]
Color("blue") is red  # False
len(Color.instances)  # 2
