def pair():
    yield "left"
    yield "right"


for side in pair():
    print(side)
# Output:
# left
# right

sides = pair()
list(sides)  # ['left', 'right']
list(sides)  # [] -- used up
next(sides)  # Raises StopIteration
