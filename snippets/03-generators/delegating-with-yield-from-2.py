def flatten(data):
    for item in data:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


nested = [1, [2, [3, 4]], [[5]]]
print(list(flatten(nested)))  # -> [1, 2, 3, 4, 5]
print(sum(flatten(nested)))  # -> 15
print(max(flatten(nested)), min(flatten(nested)))  # -> 5 1
