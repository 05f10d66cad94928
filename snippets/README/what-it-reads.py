import math

prices = [3, 1, 2]
print(sorted(prices))  # [1, 2, 3]
max(prices)  # 3 (the dearest)
total = sum(prices)  # -> 6
prices.append(9)  # [3, 1, 2, 9]
print(math.pi)  # 3.14
for price in prices:
    print(price * 2)  # 6, 2, 4, 18

print("so it goes")
# so it goes
"abc".upper().missing  # AttributeError: 'str' object has no attribute 'missing'
