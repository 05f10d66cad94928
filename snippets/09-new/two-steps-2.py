class Counter:
    def __init__(self, start):
        self.value = start

    def bump(self):
        self.value += 1
        return self.value


empty = Counter.__new__(Counter)
vars(empty)  # {}
isinstance(empty, Counter)  # True

Counter.__init__(empty, 41)
empty.bump()  # 42
empty.bump()  # int
vars(empty)  # {'value': 43}
