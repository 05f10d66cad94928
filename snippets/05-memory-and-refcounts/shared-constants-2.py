import sys

print(type(None)() is None)  # True
print(bool("x") is True)  # True
print(... is Ellipsis)  # True

name = sys.intern("".join(["sp", "am"]))
name is sys.intern("".join(["s", "pam"]))  # True
