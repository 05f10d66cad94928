import copy


class Cart:
    def __init__(self, items):
        self.items = items


cart = Cart(["milk"])
same = copy.copy(cart)
other = copy.deepcopy(cart)
cart.items.append("eggs")  # ['milk', 'eggs']

print(same.items)  # => ['milk', 'eggs']
print(other.items)  # => ['milk']
type(other)  # Cart
