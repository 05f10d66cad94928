class Plain:
    pass


class Money:
    def __init__(self, amount, currency):
        self.amount = amount
        self.currency = currency

    def __repr__(self):
        return f"Money({self.amount!r}, {self.currency!r})"


print(Plain())  # <__main__.Plain object at 0x...>

price = Money(12, "EUR")
print(repr(price))  # Money(12, 'EUR')
print(str(price))  # Money(12, 'EUR')
print({"total": price})  # {'total': Money(12, 'EUR')}
