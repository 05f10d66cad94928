class Registry(type):
    members = []

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.members.append(cls)

    def __len__(cls):
        return len(cls.members)

    def __iter__(cls):
        return iter(cls.members)

    def __repr__(cls):
        return f"<plugin {cls.__name__}>"


class Csv(metaclass=Registry):
    pass


class Json(metaclass=Registry):
    pass


len(Csv)  # 2
print(list(Json))  # [<plugin Csv>, <plugin Json>]
[plugin.__name__ for plugin in Csv]  # ['Csv', 'Json']
len(Csv())  # TypeError: object of type 'Csv' has no len()
