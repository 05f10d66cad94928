# shows: the traceback of exceptions in a group, and notes
# from: 3.11
def check(n):
    error = ValueError("bad %d" % n)
    error.add_note("noted")
    raise error


errors = []
for n in range(2):
    try:
        check(n)
    except ValueError as error:
        errors.append(error)
try:
    raise ExceptionGroup("several", errors + [TypeError("other")])
except* TypeError as group:
    print(group.exceptions)
except* ValueError as group:
    print(group, len(group.exceptions))
raise ExceptionGroup("uncaught", errors)
