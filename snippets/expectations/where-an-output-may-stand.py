prices = [3, 1, 2]
print(sorted(prices))  # [1, 2, 3]
max(prices)  # 3
total = sum(prices)  # -> 6
prices.append(9)  # [3, 1, 2, 9]

print(min(prices))
# 1

for price in prices[:2]:
    print(price * 2)
# Output:
# 6
# 2

[] + ()  # TypeError: can only concatenate list (not "tuple") to list
