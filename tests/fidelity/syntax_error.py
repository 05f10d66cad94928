# shows: a file that does not compile says where, and nothing of it runs
# differs: the statements above a syntax error are run for the sake of judging what they say; the error itself is told all the same
print("never printed")
total = 3 +* 4
