# shows: how many references there are to new objects, literals, functions and modules
import sys

a = []
b = a
print(sys.getrefcount(a), sys.getrefcount([]), sys.getrefcount(object()))
c = [a, a]
print(sys.getrefcount(a))
del b
print(sys.getrefcount(a))


def f(x):
    return sys.getrefcount(x)


print(f(a), f([]), sys.getrefcount(f), sys.getrefcount("a text of its own"), sys.getrefcount(123456))
text = "held"
number = 98765
pair = (1.5, "x y")
print(sys.getrefcount(text), sys.getrefcount(number), sys.getrefcount(pair), sys.getrefcount(1.25))


class C:
    pass


print(sys.getrefcount(C()), sys.getrefcount(C) == sys.getrefcount(type("D", (), {})) + 1)
