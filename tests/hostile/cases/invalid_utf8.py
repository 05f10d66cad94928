# Writes bytes that are no text.
# ends: passed
import os

os.write(1, bytes(range(256)))
