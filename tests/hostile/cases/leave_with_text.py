# Leaves with a text.
# ends: errored: it leaves with exit code 1
import sys

sys.exit("goodbye")
