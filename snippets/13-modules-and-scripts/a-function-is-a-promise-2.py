def shadow():
    level = 2

    def rise():
        level = 5
        return level

    print(rise())  # 5
    print(level)  # 2
