from contextlib import contextmanager


@contextmanager
def tag(name):
    print(f"<{name}>")
    yield name
    print(f"</{name}>")


with tag("ul") as outer, tag("li") as inner:
    print(outer, inner)
