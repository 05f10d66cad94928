import weakref


class Texture:
    def __init__(self, name):
        self.name = name


cache = weakref.WeakValueDictionary()
brick = cache["brick"] = Texture("brick")

print("brick" in cache)  # True (cached)
len(cache)  # 1
cache["brick"] is brick  # True

del brick
len(cache)  # 0
cache["brick"]  # KeyError: 'brick'
