# shows: which literals of a file are one object
a = 1000
b = 1000
c = "some text!"
d = "some text!"
print(a is b, c is d)
e = 10.5
f_ = 10.5
print(e is f_, (1, 2, 3) is (1, 2, 3))


def f():
    return 1000


def g():
    return 1000, "some text!"


print(f() is a, g()[0] is a, g()[1] is c, f() is g()[0])
x = -6
y = -6
print(x is y, 256 + 1 is 257, [] is [])
s = "".join(["a", "b"])
t = "ab"
print(s is t, __import__("sys").intern(s) is t)
p, q = (1, 2), (1, 2)
print(p is q, frozenset(p) is frozenset(q), id(a) == id(b))
