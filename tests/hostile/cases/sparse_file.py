# A file of a pebibyte with nothing in it.
# ends: limited
# ends level 3: limited or errored
with open("hole", "wb") as file:
    file.truncate(1 << 50)
