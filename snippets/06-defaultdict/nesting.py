from collections import defaultdict

sales = defaultdict(lambda: defaultdict(int))
for city, year, amount in [("Oslo", 2023, 5), ("Oslo", 2024, 7), ("Rome", 2024, 2)]:
    sales[city][year] += amount

print(sales["Oslo"][2024])  # 7
sum(sales["Oslo"].values())  # 12
{city: dict(years) for city, years in sales.items()}  # {'Oslo': {2023: 5, 2024: 7}, 'Rome': {2024: 2}}
