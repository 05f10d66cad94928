# Names that look like something else.
# ends: passed
import os

for name in (b"\xff\xfe", b"new\nline", b"-rf", b"*", b"\x1b[2J", "e\u0301\u202e".encode()):
    os.mkdir(name)
os.mkfifo("pipe")
os.symlink("/", "top")
os.symlink("loop", "loop")
