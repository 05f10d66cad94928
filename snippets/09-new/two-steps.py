class Account:
    def __new__(cls, owner):
        print("new:", cls.__name__)
        return super().__new__(cls)

    def __init__(self, owner):
        print("init:", owner)
        self.owner = owner


account = Account("ann")
# Output:
# new: Account
# init: ann

print(account.owner == "ann")  # True
type(account)  # <class '__main__.Account'>
