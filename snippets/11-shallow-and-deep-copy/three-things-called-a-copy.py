import copy

original = [[1, 2], [3, 4]]
alias = original
shallow = copy.copy(original)
deep = copy.deepcopy(original)

original.append([5, 6])
original[0].append(99)

print(alias)  # [[1, 2, 99], [3, 4], [5, 6]] -- the same list
print(shallow)  # [[1, 2, 99], [3, 4]] -- shared items!
print(deep)  # [[1, 2], [3, 4]] -- untouched
