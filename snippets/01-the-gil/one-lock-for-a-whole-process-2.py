import threading

names = []


def work():
    names.append(threading.current_thread().name)


thread = threading.Thread(target=work, name="worker-1")
thread.start()
thread.join()

print(names)  # ['worker-1']
print(thread.is_alive())  # False
threading.current_thread().name  # 'MainThread'
