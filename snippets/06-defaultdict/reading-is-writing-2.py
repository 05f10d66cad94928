from collections import defaultdict

stock = defaultdict(int, bolts=40)
"nuts" in stock  # False
stock.get("nuts")  # None
stock.get("nuts", 7)  # 7
print(stock.pop("bolts"))  # 40
len(stock)  # 0

stock.pop("nuts")  # KeyError: 'nuts'
