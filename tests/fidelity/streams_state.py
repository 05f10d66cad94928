# shows: how stdout is buffered, and what it does with characters that have no encoding
# differs: stdout is that of a terminal with a UTF-8 locale, line by line and strict, not what PYTHONUNBUFFERED and PYTHONUTF8 make of it
import sys

print(type(sys.stdout.buffer).__name__, sys.stdout.errors)
