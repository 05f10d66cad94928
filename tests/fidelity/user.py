# shows: who runs the program, when the environment does not say
# differs: the program runs as a user of its own, who has no name and no rights
import getpass
import os

try:
    print(getpass.getuser(), os.getuid(), os.getgid())
except (KeyError, OSError) as error:
    print(type(error).__name__)
