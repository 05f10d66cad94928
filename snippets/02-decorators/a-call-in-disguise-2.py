def shout(func):
    def wrapper(name):
        return func(name).upper() + "!"

    return wrapper


def greet(name):
    return f"hello {name}"


loud = shout(greet)
loud("bob")  # 'HELLO BOB!'
loud.__closure__[0].cell_contents is greet  # True
print(loud.__code__.co_freevars)  # ('func',)
