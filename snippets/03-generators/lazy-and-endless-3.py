limit = 3
below = (n for n in [1, 2, 3, 4, 5] if n < limit)
limit = 5
print(list(below))  # [1, 2, 3, 4]

# A list comprehension would have used the old limit.
limit = 3
eager = [n for n in [1, 2, 3, 4, 5] if n < limit]
limit = 5
print(eager)  # [1, 2]
