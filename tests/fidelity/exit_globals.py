# shows: the order in which a module's objects go at the end, and what they still see
class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, "Thing" in globals(), globals().get("_private") is None)


b = Thing("b")
a = Thing("a")
_private = Thing("_private")
cycle = Thing("cycle")
cycle.me = cycle
held = [Thing("in a list")]
print("last line")
