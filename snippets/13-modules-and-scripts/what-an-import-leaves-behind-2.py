from ferry import FARE, fare

import ferry

ferry.FARE = 10
print(FARE)  # 7
fare(1)  # 10
