import copy
import math
import threading

copy.deepcopy(math.sqrt) is math.sqrt  # True
copy.deepcopy(threading.Thread) is threading.Thread  # True

# copy.copy(math)  # TypeError: cannot pickle 'module' object

copy.deepcopy({"guard": threading.Lock()})  # TypeError: cannot pickle '_thread.lock' object
