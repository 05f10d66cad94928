# shows: sys.exit with a number
import atexit
import sys

atexit.register(print, "atexit")
try:
    sys.exit(41)
except SystemExit as error:
    print("caught", error.code)
finally:
    print("finally")
sys.exit(42)
