Cat = type("Cat", (object,), {"legs": 4, "speak": lambda self: "meow"})

Cat.__name__  # 'Cat'
Cat().speak()  # 'meow'
print(Cat.__mro__)  # (<class '__main__.Cat'>, <class 'object'>)
print(type(Cat()))  # Cat
