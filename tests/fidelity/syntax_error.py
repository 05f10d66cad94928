# shows: a file that does not compile says where, and nothing of it runs
print("never printed")
total = 3 +* 4
