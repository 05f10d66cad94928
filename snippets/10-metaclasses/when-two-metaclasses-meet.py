class MetaA(type):
    pass


class MetaB(type):
    pass


class A(metaclass=MetaA):
    pass


class B(metaclass=MetaB):
    pass


try:
    class C(A, B):
        pass
except TypeError as error:
    print(str(error)[:18])
    #> metaclass conflict


class MetaAB(MetaA, MetaB):
    pass


class D(A, B, metaclass=MetaAB):
    pass


print(type(D))  # MetaAB
isinstance(D, MetaA), isinstance(D, MetaB)  # (True, True)
