# shows: exiting with an object that is no number
import sys


sys.exit({"why": ["of", "course"]})
