a = [1, 2]
b = a
b.append(3)
print(a)  # [1, 2, 3] -- shared!
a is b  # True
id(a) == id(b)  # True
id(a)  # int

c = [1, 2, 3]
c == a  # True
c is a  # False
