import reprlib

loop = [1]
loop.append(loop)
print(loop)  # [1, [...]]

print(reprlib.repr(list(range(1000))))  # [0, 1, 2, 3, 4, 5, ...]
print(list(range(1000)))  # [0, 1, 2, ..., 998, 999]


class Team:
    def __init__(self, *members):
        self.members = list(members)

    @reprlib.recursive_repr(fillvalue="Team(...)")
    def __repr__(self):
        return f"Team({self.members})"


team = Team("ann")
team.members.append(team)
repr(team)  # "Team(['ann', Team(...)])"
