import threading
from decimal import Decimal, localcontext

lock = threading.Lock()
with lock:
    print(lock.locked())  # True
print(lock.locked())  # False

with localcontext() as context:
    context.prec = 4
    print(Decimal(1) / Decimal(7))  # 0.1429
print(Decimal(1) / Decimal(7))  # 0.1428571428571428571428571429
