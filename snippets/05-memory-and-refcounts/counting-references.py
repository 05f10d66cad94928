import sys

value = object()
sys.getrefcount(value)  # 2

alias = value
holder = [value, value]
sys.getrefcount(value)  # 5

del alias
print(sys.getrefcount(value))  # 4
holder.clear()
print(sys.getrefcount(value))
#> 2
