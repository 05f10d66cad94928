first, *middle, last = (1, 2, 3, 4)
print(middle)  # [2, 3]
print(first, last)  # 1 4

left, right = "ab"
left, right = right, left
left + right  # 'ba'

a, b = (1, 2, 3)  # ValueError: too many values to unpack (expected 2...)
