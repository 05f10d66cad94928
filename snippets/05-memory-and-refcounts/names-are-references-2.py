def change(values):
    values.append("changed")


def rebind(values):
    values = ["rebound"]
    return values


data = []
change(data)
print(data)  # ['changed']
rebind(data)  # ['rebound']
print(data)  # -> ['changed']
