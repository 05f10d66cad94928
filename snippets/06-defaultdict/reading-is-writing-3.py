from collections import defaultdict

index = defaultdict(list)
index["a"].append(1)
index.default_factory = None

print(index)  # defaultdict(None, {'a': [1]})
index["b"]  # Raises KeyError
