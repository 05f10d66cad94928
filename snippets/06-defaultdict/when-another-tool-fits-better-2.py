from collections import defaultdict

inner = defaultdict(list, {"a": [1]})
inner == {"a": [1]}  # True
inner.copy()  # defaultdict(<class 'list'>, {'a': [1]})
isinstance(inner, dict)  # True

public = dict(inner)  # {'a': [1]}
type(public)  # dict
public["b"]  # KeyError: 'b'
