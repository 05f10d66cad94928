class Dog:
    legs = 4


print(type(Dog()))  # <class '__main__.Dog'>
print(type(Dog))  # <class 'type'>
type(type)  # <class 'type'>
isinstance(Dog, type)  # True
isinstance(Dog(), type)  # False
