def inner():
    yield 1
    yield 2
    return "inner is done"


def outer():
    outcome = yield from inner()
    print(outcome)
    yield 3


for value in outer():
    print(value)

# Output:
# 1
# 2
# inner is done
# 3
