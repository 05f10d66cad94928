from collections import defaultdict

defaultdict(lambda: "n/a")["missing"]  # 'n/a'
print(defaultdict(list)["missing"])  # []
defaultdict([])  # TypeError: first argument must be callable or None
