import threading

balance = 100
guard = threading.Lock()


def deposit(amount):
    global balance
    with guard:
        seen = balance
        balance = seen + amount


threads = [threading.Thread(target=deposit, args=(50,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(balance)
#> 200
print(guard.locked())
#> False
