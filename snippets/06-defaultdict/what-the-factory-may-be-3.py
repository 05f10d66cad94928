class Squares(dict):
    def __missing__(self, number):
        self[number] = number * number
        return self[number]


squares = Squares()
squares[4]  # 16
squares[9]  # 81
print(squares)  # {4: 16, 9: 81}
squares.get(5)  # None -- get does not ask the hook
