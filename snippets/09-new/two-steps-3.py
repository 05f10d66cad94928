class Empty:
    pass


Empty.__new__ is object.__new__  # True
len(vars(Empty()))  # 0
Empty(1)  # TypeError: Empty() takes no arguments
