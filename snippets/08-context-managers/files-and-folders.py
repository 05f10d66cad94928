import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "note.txt")
    with open(path, "w") as file:
        file.write("one\ntwo\n")  # 8
        print(file.closed)  # False
    print(file.closed)  # True
    with open(path) as file:
        lines = file.read().split()
    os.listdir(folder)  # ['note.txt']

print(lines)  # ['one', 'two']
os.path.exists(path)  # False
file.read()  # ValueError: I/O operation on closed file.
