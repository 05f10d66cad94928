import copy

numbers = (1, 2, 3)
copy.copy(numbers) is numbers  # True -- no need for another
copy.deepcopy(numbers) is numbers  # True
word = "text"
copy.deepcopy(word) is word  # True

mixed = (1, [2])
copy.copy(mixed) is mixed  # True
copy.deepcopy(mixed) is mixed  # False
copy.deepcopy(mixed)  # (1, [2])
