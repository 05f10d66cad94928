# Makes more files than there is room for.
# ends: limited
# limits: timeout=20s
import itertools

for number in itertools.count():
    open(f"file{number}", "w").close()
