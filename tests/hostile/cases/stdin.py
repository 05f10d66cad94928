# Asks the user.
# ends: incomplete: needs input on stdin
name = input("Who? ")
