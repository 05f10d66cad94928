import weakref


class Image:
    pass


image = Image()
peek = weakref.ref(image)
peek() is image  # True

spare = image
del image
print(peek() is None)  # False — still alive
del spare
print(peek() is None)  # True
print(peek())  # None
