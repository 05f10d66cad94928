def shout(func):
    print("decorating", func.__name__)

    def wrapper(name):
        return func(name).upper() + "!"

    return wrapper


@shout
def greet(name):
    return f"hello {name}"


# Output:
# decorating greet

print(greet("ada"))  # HELLO ADA!
greet("grace")  # 'HELLO GRACE!'
