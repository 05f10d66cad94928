import sys

sizes = set()
grown = []
for number in range(100):
    grown.append(number)
    sizes.add(sys.getsizeof(grown))

print(len(sizes) < 20)  # True
sys.getsizeof(tuple(grown)) == 40 + 100 * 8  # True
sys.getsizeof(tuple(grown)) < sys.getsizeof(grown)  # True
