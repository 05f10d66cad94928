import copy


class Node:
    def __init__(self, value, parent=None):
        self.value = value
        self.parent = parent

    def __deepcopy__(self, memo):
        # The parent is not ours to copy.
        return Node(copy.deepcopy(self.value, memo), self.parent)


root = Node("root")
leaf = Node([1, 2], root)
clone = copy.deepcopy(leaf)

clone.parent is root  # True
clone.value is leaf.value  # False
print(clone.value)
# [1, 2]
