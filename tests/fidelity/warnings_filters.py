# shows: the filters that a program begins with, and what the compiler warns of
import warnings

print([(kind, category.__name__, module) for kind, _, category, module, _ in warnings.filters])
print(warnings.showwarning.__module__, sorted(k for k in globals() if "warning" in k))
print("a\d", 1 is 1)
assert (1, "always true")
