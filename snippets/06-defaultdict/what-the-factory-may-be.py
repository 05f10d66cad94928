from collections import defaultdict
from itertools import count

ids = defaultdict(count(1).__next__)
for name in ["eve", "bob", "eve", "ann"]:
    print(ids[name])  # 1, 2, 1, 3

total = sum(ids.values())
# total = 6
print(dict(ids))
#> {'eve': 1, 'bob': 2, 'ann': 3}
