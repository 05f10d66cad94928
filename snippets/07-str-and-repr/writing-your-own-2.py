class Money:
    def __init__(self, amount, currency):
        self.amount = amount
        self.currency = currency

    def __repr__(self):
        return f"Money({self.amount!r}, {self.currency!r})"

    def __str__(self):
        return f"{self.amount:.2f} {self.currency}"


price = Money(12, "EUR")
print(price)  # -> 12.00 EUR
print([price])  # -> [Money(12, 'EUR')]
f"{price} or {price!r}"  # "12.00 EUR or Money(12, 'EUR')"
price  # Money(12, 'EUR')

clone = eval(repr(price))
# clone = Money(12, 'EUR')
