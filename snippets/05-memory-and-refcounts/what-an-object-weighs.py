import sys

sys.getsizeof(1)  # ~28 bytes
sys.getsizeof(1.5)  # ~24 bytes
sys.getsizeof(b"")  # ~33 bytes
sys.getsizeof({})  # ~64 bytes
sys.getsizeof([[0] * 1000])  # ~64 bytes
