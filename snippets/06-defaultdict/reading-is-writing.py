from collections import defaultdict

stock = defaultdict(int)
stock["bolts"] = 40
len(stock)  # 1
stock["nuts"]  # 0
len(stock)  # 2
print(sorted(stock))  # ['bolts', 'nuts']
