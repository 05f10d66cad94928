items = [3, 1]
items.append(2)  # [3, 1, 2]
items.extend((9, 9))  # [3, 1, 2, 9, 9]
items.remove(9)  # [3, 1, 2, 9]
items.sort()  # [1, 2, 3, 9]
items.pop()  # 9
items.insert(0, 7)  # [7, 1, 2, 3]
print(items.reverse())  # None
print(items)  # [3, 2, 1, 7]
