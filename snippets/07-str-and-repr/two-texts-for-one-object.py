from datetime import date

day = date(2024, 5, 17)
print(str(day))  # 2024-05-17
print(repr(day))  # datetime.date(2024, 5, 17)
print([day])  # [datetime.date(2024, 5, 17)]
day  # datetime.date(2024, 5, 17)
