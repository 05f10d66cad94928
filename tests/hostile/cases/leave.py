# Leaves at once.
# ends: errored: it leaves with exit code 7
import os

os._exit(7)
