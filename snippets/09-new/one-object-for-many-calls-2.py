class Session:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __init__(self):
        self.items = []


session = Session()
session.items.append("book")  # ['book']
print(session.items)  # ['book']
Session()
print(session.items)  # [] -- emptied by the second call!
