prices = {"pen": [2, 3]}
offer = {**prices, "ink": [9]}
offer["pen"].append(1)
print(prices)  # {'pen': [2, 3, 1]} -- shared!

offer["pen"] = []
print(prices["pen"])  # [2, 3, 1]

odd = {1, 3}
more = odd.copy()
more.add(5)  # {1, 3, 5}
print(odd)  # {1, 3}
odd | more  # {1, 3, 5}
