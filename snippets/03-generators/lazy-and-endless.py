from itertools import islice, takewhile


def naturals():
    number = 1
    while True:
        yield number
        number += 1


squares = (n * n for n in naturals())
list(islice(squares, 5))  # [1, 4, 9, 16, 25]
next(squares)  # 36

small = list(takewhile(lambda n: n < 20, (3 * n for n in naturals())))
# small = [3, 6, 9, 12, 15, 18]
