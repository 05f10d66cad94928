# shows: the encodings of files, streams and the file system, and the locale
import io
import locale
import os
import sys

print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.flags.utf8_mode)
print(locale.getpreferredencoding(False), locale.getlocale(), locale.setlocale(locale.LC_CTYPE))
print(sys.stdin.encoding, sys.stdin.errors, sys.stderr.errors, sys.stderr.encoding)
print(open("t.txt", "w").encoding, os.environ["LANG"], io.TextIOWrapper(io.BytesIO()).encoding)
print("ä€😀", ascii("ä€😀"), b"\xff".decode(errors="replace"))
print("lone \udcff surrogate", file=sys.stderr)
open("naïve 文.txt", "w").close()
print(sorted(os.listdir(".")) != [], locale.localeconv()["decimal_point"], f"{1234567.5:n}")
try:
    locale.setlocale(locale.LC_ALL, "xx_XX")
except locale.Error as error:
    print(error)
try:
    print("\ud800")
except UnicodeEncodeError as error:
    print(error.reason)
