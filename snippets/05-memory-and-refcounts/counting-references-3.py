class Resource:
    def __del__(self):
        print("resource freed")


def use():
    resource = Resource()
    print("using it")


use()
print("back in the caller")

# Output:
# using it
# resource freed
# back in the caller
