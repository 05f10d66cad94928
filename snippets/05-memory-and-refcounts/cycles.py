import gc
import weakref


class Node:
    def __init__(self):
        self.other = None


gc.disable()
left, right = Node(), Node()
left.other, right.other = right, left
watch = weakref.ref(left)

del left, right
watch() is None  # False — still alive
gc.collect() >= 2  # True
watch() is None  # True
gc.enable()
gc.isenabled()  # True
