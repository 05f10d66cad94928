shared = [[0] * 3] * 2
shared[0][0] = 1
print(shared)  # [[1, 0, 0], [1, 0, 0]] -- shared!

separate = [[0] * 3 for _ in range(2)]
separate[0][0] = 1
print(separate)  # [[1, 0, 0], [0, 0, 0]]
