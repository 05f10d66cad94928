# A text of a terabyte.
# ends: limited
text = "a" * 10**12
