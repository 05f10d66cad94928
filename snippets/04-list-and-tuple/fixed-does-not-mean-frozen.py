record = ("ann", [90, 85])
record[1].append(70)
print(record)  # ('ann', [90, 85, 70])

twin = record
twin is record  # True
tuple(record) is record  # True -- nothing to copy
list(record) is record  # False
