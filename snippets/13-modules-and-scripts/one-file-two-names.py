# ferry.py
FARE = 7


def fare(people):
    return people * FARE


print("loaded as", __name__)

if __name__ == "__main__":
    print("a family pays", fare(4))
