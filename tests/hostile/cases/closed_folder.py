# A folder that nobody may enter.
# ends: passed
# ends level 2: incomplete: needs what is not supported here
import os

os.mkdir("closed")
open("closed/file", "w").close()
os.chmod("closed", 0)
