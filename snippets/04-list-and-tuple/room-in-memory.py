import sys

sys.getsizeof([])  # ~56 bytes
sys.getsizeof(())  # ~40 bytes
sys.getsizeof((1, 2, 3))  # ~64 bytes
sys.getsizeof([None] * 10)  # ~136 bytes
