numbers = [0, 1, 2, 3, 4, 5]
numbers[1:4]  # [1, 2, 3]
numbers[::-2]  # [5, 3, 1]
numbers[10:]  # []

numbers[1:4] = ["x"]
print(numbers)  # => [0, 'x', 4, 5]

same = numbers
copy = numbers[:]
numbers.clear()
print(same)  # [] -- shared!
print(copy)  # [0, 'x', 4, 5] -- untouched
