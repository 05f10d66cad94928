# Runs a program that is no file.
# ends: passed or incomplete: needs what is not supported here
import os

descriptor = os.memfd_create("program")
with open("/bin/true", "rb") as file:
    os.write(descriptor, file.read())
try:
    os.execve(descriptor, ["program"], {})
except OSError:
    pass
