# Prints half of a character.
# ends: errored
print("\ud800")
