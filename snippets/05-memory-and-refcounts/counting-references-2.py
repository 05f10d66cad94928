class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freeing", self.name)


first = Noisy("first")
second = first
del first
print("one name left")
del second
# Output:
# one name left
# freeing first

temporary = Noisy("temporary")
temporary = None
#> freeing temporary
