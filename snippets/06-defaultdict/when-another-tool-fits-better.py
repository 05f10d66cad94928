from collections import Counter

letters = Counter("mississippi")
print(letters.most_common(2))  # [('i', 4), ('s', 4)]
letters["z"]  # 0
"z" in letters  # False -- looking stores nothing
letters.update("zz")
letters["z"]  # 2
sum(letters.values())  # 13
