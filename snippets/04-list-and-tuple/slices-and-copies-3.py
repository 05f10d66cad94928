values = [1, 2, 2, 3, 2]
for value in values:
    if value == 2:
        values.remove(value)
print(values)  # [1, 3, 2]

values = [1, 2, 2, 3, 2]
values = [value for value in values if value != 2]  # [1, 3]
