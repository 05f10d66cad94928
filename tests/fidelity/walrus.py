# shows: assignment expressions, positional parameters and the values of names
import re

if (found := re.search(r"\d+", "abc 123")) is not None:
    print(found.group(), found)
print([y := 1, y**2], y, (lambda a, /, b, *, c: (a, b, c))(1, 2, c=3))
print(total := sum((last := n) for n in range(4)), last)
print(f"{total=} {last!r:>5}")
