# shows: the standard streams themselves
import io
import os
import sys

for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(type(stream), stream.name, stream.mode, stream.encoding, stream.fileno(), stream.closed)
    print(stream.seekable(), stream.readable(), stream.writable(), stream.isatty())
print(sys.stdout is sys.__stdout__, isinstance(sys.stdout, io.TextIOWrapper), sys.stdout.newlines)
print(sys.stdout.reconfigure(line_buffering=True), sys.stdout.line_buffering)
print(repr(sys.stdout), repr(sys.stderr))
try:
    sys.stdout.read()
except io.UnsupportedOperation as error:
    print(error)
print(sys.stdout.write("text\n"))
print(sorted(os.listdir("/proc/self/fd"), key=int)[:3])
