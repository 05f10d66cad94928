class Positive:
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.slot)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.slot[1:]} must be positive, not {value}")
        setattr(instance, self.slot, value)


class Order:
    quantity = Positive()


order = Order()
order.quantity = 3
print(order.quantity)  # -> 3
print(vars(order))  # -> {'_quantity': 3}
order.quantity = 0  # ValueError: quantity must be positive, not 0
