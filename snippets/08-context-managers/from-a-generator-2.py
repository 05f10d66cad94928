@pushed("call")
def depth_inside():
    return len(stack)


depth_inside()  # 1
depth_inside()  # 1
len(stack)  # 0

once = pushed("once")
with once as depth:
    print(depth)  # Depth: 1
with once:  # Raises AttributeError
    print("never reached")
