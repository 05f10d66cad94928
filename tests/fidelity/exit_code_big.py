# shows: exit codes beyond a byte
import sys

sys.exit(256 + 7)
