# shows: the module is the one that `import __main__` gives
import sys

import __main__

value = 5
__main__.other = 6
print(__main__.value, other, sys.modules["__main__"] is __main__, __main__.__dict__ is globals())
print(repr(__main__).split(" from ")[0])
if __name__ == "__main__":
    print("as a program")


class C:
    pass


print(C.__module__, C, C.__qualname__, (lambda: 0).__module__)
print(sys.modules[C.__module__].C is C)
