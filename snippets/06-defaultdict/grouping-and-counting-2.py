from collections import defaultdict

print(int(), str() == "", list(), set())  # 0 True [] set()

votes = defaultdict(int)
for color in ["red", "blue", "red"]:
    votes[color] += 1
print(votes["red"])  # -> 2
print(votes)  # -> defaultdict(<class 'int'>, {'red': 2, 'blue': 1})

seen = defaultdict(set)
for user, page in [("u1", 3), ("u2", 1), ("u1", 5), ("u1", 3)]:
    seen[user].add(page)
print(seen["u1"])  # {3, 5}
