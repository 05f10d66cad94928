import inspect

print(inspect.signature(area))  # => (*args, **kwargs)
print(inspect.signature(volume))  # => (width, height, depth)
volume.__wrapped__(2, 3, 4)  # 24
area(2, 3)  # 6
