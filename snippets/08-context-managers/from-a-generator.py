from contextlib import contextmanager

stack = []


@contextmanager
def pushed(value):
    stack.append(value)
    try:
        yield len(stack)
    finally:
        stack.pop()


with pushed("outer") as depth:
    print(depth, stack)  # 1 ['outer']
    with pushed("inner") as depth:
        print(depth, stack)  # 2 ['outer', 'inner']
    print(stack)  # ['outer']

print(stack)  # []
