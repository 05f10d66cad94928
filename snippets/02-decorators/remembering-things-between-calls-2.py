class Counted:
    def __init__(self, func):
        self.func = func
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.func(*args)


@Counted
def triple(number):
    return 3 * number


triple(2)  # 6
triple(3)  # 9
print(triple.calls)  # 2
print(type(triple))  # <class '__main__.Counted'>
