hash((1, "x")) == hash((1, "x"))  # True
hash((1, "x"))  # int
grid = {(0, 0): "start", (2, 3): "goal"}
grid[2, 3]  # 'goal'

hash((1, [2]))  # TypeError: unhashable type: 'list'
