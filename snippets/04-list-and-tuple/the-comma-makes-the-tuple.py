type((5))  # <class 'int'>
type((5,))  # <class 'tuple'>
type(())  # <class 'tuple'>

pair = 1, 2  # (1, 2)
single = "a",  # ('a',)
len(())  # 0
print((1, 2) == (1, 2, ))  # True
