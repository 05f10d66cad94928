# shows: pickles of instances of the file's classes, and of what cannot be pickled
import copy
import pickle


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return self.x == other.x


class Secret(Point):
    def __getstate__(self):
        return {"x": "hidden"}


def make():
    class Local:
        pass

    return Local()


data = pickle.dumps(Point(3), protocol=2)
print(data)
print(pickle.loads(data) == Point(3), pickle.loads(pickle.dumps(Secret(1))).x, copy.deepcopy(Point([1])).x)
print(pickle.loads(pickle.dumps(Point)) is Point)
for thing in (make(), lambda: 0, open):
    try:
        print(pickle.loads(pickle.dumps(thing)))
    except (AttributeError, pickle.PicklingError) as error:
        print(type(error).__name__, str(error).split(" at ")[0])
