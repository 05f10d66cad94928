# shows: the order of prints, writes by descriptor and output of programs, on one stream
import os
import sys

print("one", end=" ")
print("two")
os.write(1, b"three\n")
print("four", flush=True)
sys.stdout.write("five\n")
os.system("echo six")
sys.stdout.buffer.write(b"seven\n")
sys.stdout.buffer.flush()
print(*"abc", sep="\n")
sys.stderr.write("err one\n")
os.write(2, b"err two\n")
print("err three", file=sys.stderr)
sys.__stdout__.write("eight\n")
print("nine", file=open(1, "w", closefd=False))
print("last, without an end of line", end="")
