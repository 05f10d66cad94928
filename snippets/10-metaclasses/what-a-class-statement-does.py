class Report(type):
    def __new__(mcls, name, bases, namespace):
        public = [key for key in namespace if not key.startswith("__")]
        print("making", name, public)
        return super().__new__(mcls, name, bases, namespace)


class Base(metaclass=Report):
    print("in the body")
    size = 1


class Child(Base):
    color = "red"

# Output:
# in the body
# making Base ['size']
# making Child ['color']

type(Child)  # <class '__main__.Report'>
print(type(Child) is type(Base))  # True
