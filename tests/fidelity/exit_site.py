# shows: exit and quit of the site module
print(exit, quit, sep="\n")
print(copyright.__class__.__name__)
exit(3)
