odd = ([1, 2], "x")

try:
    odd[0] += [3]  # TypeError: 'tuple' object does not support item assignment
except TypeError as error:
    print("failed:", error)
    #> failed: 'tuple' object does not support item assignment

print(odd)
# ([1, 2, 3], 'x')
