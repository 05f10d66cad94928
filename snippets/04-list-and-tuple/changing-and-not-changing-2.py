point = (4, 8, 4)
point.count(4)  # 2
point.index(8)  # 1

# point[0] = 1  # TypeError: 'tuple' object does not support item assignment
# point.append(5)  # AttributeError
# del point[0]  # TypeError

point + (1,)  # (4, 8, 4, 1)
print(point)  # (4, 8, 4)
