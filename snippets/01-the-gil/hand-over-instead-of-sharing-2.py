import threading

context = threading.local()
context.user = "user-1"
seen = []


def report():
    seen.append(hasattr(context, "user"))
    context.user = "user-2"


thread = threading.Thread(target=report)
thread.start()
thread.join()

print(seen)  # [False]
print(context.user)  # -> user-1
