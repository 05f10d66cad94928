def countdown(start):
    print("starting")
    while start > 0:
        yield start
        start -= 1
    print("liftoff")


ticks = countdown(2)
print(ticks)  # <generator object countdown at 0x...>
type(ticks).__name__  # 'generator'

first = next(ticks)
print(first)  # 2
next(ticks)  # 1
