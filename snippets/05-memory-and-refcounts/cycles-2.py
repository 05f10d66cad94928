import gc

gc.is_tracked([])  # True
gc.is_tracked(12)  # False
gc.is_tracked("text")  # False
print(gc.is_tracked(object()))  # => False
