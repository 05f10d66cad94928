# shows: ssl, ctypes, mmap, hashing, compression, curses without a terminal, a browser that is not there
import bz2
import ctypes
import curses
import hashlib
import lzma
import mmap
import ssl
import uuid
import webbrowser
import zlib

context = ssl.create_default_context()
print(context.verify_mode.name, context.check_hostname, ssl.OPENSSL_VERSION.split()[0], len(context.get_ca_certs()) >= 0)
libc = ctypes.CDLL(None)
print(libc.abs(-5), ctypes.sizeof(ctypes.c_long), ctypes.c_int(2**31).value, ctypes.string_at(b"abc", 2))
compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
numbers = (ctypes.c_int * 3)(3, 1, 2)
libc.qsort(numbers, 3, ctypes.sizeof(ctypes.c_int), compare(lambda a, b: a[0] - b[0]))
print(list(numbers))
with mmap.mmap(-1, 100) as area:
    area.write(b"mapped")
    print(area[:6], len(area))
print(hashlib.sha256(b"x").hexdigest()[:8], hashlib.scrypt(b"p", salt=b"s", n=4, r=8, p=1).hex()[:8], "md5" in hashlib.algorithms_available)
print(zlib.crc32(b"x"), len(bz2.compress(b"x" * 100)) < 100, lzma.decompress(lzma.compress(b"y")))
print(uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"), uuid.uuid4().version, uuid.getnode() > 0)
try:
    curses.setupterm("no-such-terminal")
except curses.error as error:
    print(error)
try:
    print(webbrowser.get("no-such-browser"))
except webbrowser.Error as error:
    print(error)
