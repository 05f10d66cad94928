# shows: a context that is hidden, and a class of exceptions of the file's own
class ShopError(Exception):
    """Something about the shop."""

    def __str__(self):
        return "shop: " + ", ".join(self.args)


def sell():
    try:
        [].pop()
    except IndexError:
        raise ShopError("sold", "out") from None


sell()
