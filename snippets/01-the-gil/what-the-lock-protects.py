import threading

items = []


def fill(start):
    for number in range(start, start + 1000):
        items.append(number)


threads = [threading.Thread(target=fill, args=(n * 1000,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

len(items)  # 4000
print(sorted(items) == list(range(4000)))  # True
print(min(items), max(items))
# 0 3999
