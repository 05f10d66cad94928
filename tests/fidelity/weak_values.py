# shows: weak references, dictionaries and finalizers, as objects go
import weakref


class Thing:
    def __init__(self, name):
        self.name = name


one = Thing("one")
table = weakref.WeakValueDictionary(one=one, two=Thing("two"))
print(sorted(table), weakref.getweakrefcount(one))
ref = weakref.ref(one, lambda ref: print("gone", ref() is None))
weakref.finalize(one, print, "finalized")
del one
print(sorted(table), ref())
for loop in Thing("loop"), Thing("last"):
    watched = weakref.ref(loop)
print(watched().name)
del loop
print(watched())
