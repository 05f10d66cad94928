# Writes what a terminal or a CI service would obey.
# ends: passed
print("\x1b]0;title\x07\x1b[2J\x1b[31m")
print("::error file=x::it is not")
print("::add-mask::secret")
