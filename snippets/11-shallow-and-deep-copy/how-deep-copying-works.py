import copy

shared = ["x"]
data = {"left": shared, "right": shared}
clone = copy.deepcopy(data)

clone["left"] is clone["right"]  # True
clone["left"] is shared  # False

loop = [1]
loop.append(loop)
twin = copy.deepcopy(loop)
print(twin)  # [1, [...]]
twin[1] is twin  # True
