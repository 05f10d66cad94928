import copy

prices = {"pen": [2, 3], "ink": [9]}
numbers = list(range(1000))

# Every item is looked at
twin = copy.deepcopy(numbers)

# None is (50x faster)
twin = copy.copy(numbers)
