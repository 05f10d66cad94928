row = [[0], [1]]
copies = [row[:], row.copy(), list(row), [*row], tuple(row)]

for other in copies:
    print(other is row, other[0] is row[0])

# Output:
# False True
# False True
# False True
# False True
# False True

type(copies[4])  # <class 'tuple'>
