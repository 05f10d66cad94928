import sys

as_list = [n for n in range(10_000)]
as_generator = (n for n in range(10_000))

sys.getsizeof(as_list) > 50 * sys.getsizeof(as_generator)  # True
sum(as_generator)  # 49995000
sum(as_generator)  # 0 -- nothing left
len(as_list)  # 10000
len(as_generator)  # TypeError: object of type 'generator' has no len()
