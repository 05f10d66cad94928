# shows: warnings on stderr, with file, line and source, once for each place
import warnings


def old():
    warnings.warn("use new() instead", DeprecationWarning, stacklevel=2)


for _ in range(2):
    old()
warnings.warn("plain words")
warnings.warn("about the future", FutureWarning)
warnings.warn("hidden", PendingDeprecationWarning)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old()
    print(caught[0].category.__name__, caught[0].lineno, caught[0].filename == __file__)
warnings.simplefilter("error")
try:
    old()
except DeprecationWarning as error:
    print("raised", error)
print(len(warnings.filters) > 1, warnings.filters[0][0])
