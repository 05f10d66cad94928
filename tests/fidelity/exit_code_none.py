# shows: sys.exit without a number is success
import sys

print("out")
sys.exit()
