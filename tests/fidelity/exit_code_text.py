# shows: sys.exit with words
import sys

print("out")
sys.exit("words on stderr")
