from collections import defaultdict

words = ["apple", "avocado", "bean", "beet", "chard"]

asked = {}
for word in words:
    if word[0] not in asked:
        asked[word[0]] = []
    asked[word[0]].append(word)

chained = {}
for word in words:
    chained.setdefault(word[0], []).append(word)

grouped = defaultdict(list)
for word in words:
    grouped[word[0]].append(word)

print(asked == chained == grouped)  # True
grouped["b"]  # ['bean', 'beet']
print(dict(grouped))
# {'a': ['apple', 'avocado'], 'b': ['bean', 'beet'], 'c': ['chard']}
