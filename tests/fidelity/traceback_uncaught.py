# shows: the traceback of an exception that nothing caught
def outer(n):
    values = {"n": n}
    return inner(values["n"]) + 1


def inner(n):
    return (n + 1) / (n - n)


print("before")
outer(
    3
)
