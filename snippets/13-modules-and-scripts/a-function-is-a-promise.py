def tide():
    level = 2

    def rise():
        nonlocal level
        level += 3

    rise()
    print(level)  # 5
    rise()
    print(level)  # 8
