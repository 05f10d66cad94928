# -*- coding: latin-1 -*-
# shows: a declared encoding does not change a file that is read as text
word = "caf\u00e9"
print(word, len(word), word.encode("latin-1"))
