import threading

balance = 100
both_have_read = threading.Barrier(2)


def deposit(amount):
    global balance
    seen = balance
    both_have_read.wait()
    balance = seen + amount


threads = [threading.Thread(target=deposit, args=(50,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(balance)  # 150 -- one deposit is lost
