# shows: the user's name and home as the environment says
import getpass
import os

os.environ["LOGNAME"] = "ada"
print(getpass.getuser(), os.path.expanduser("~") == os.environ["HOME"], os.getuid() == os.geteuid())
