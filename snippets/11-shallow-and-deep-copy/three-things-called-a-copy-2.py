import copy

original = {"tags": ["a", "b"]}
shallow = copy.copy(original)
deep = copy.deepcopy(original)

shallow == original, deep == original  # (True, True)
shallow is original, deep is original  # (False, False)
shallow["tags"] is original["tags"]  # True
deep["tags"] is original["tags"]  # False
