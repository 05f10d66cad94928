# shows: temporary files and folders, and that they go
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a.txt")
    with open(path, "w") as file:
        print(file.write("text"), oct(os.stat(path).st_mode & 0o777), oct(os.stat(folder).st_mode & 0o777))
    print(os.listdir(folder), tempfile.gettempdir() == os.environ["TMPDIR"])
print(os.path.exists(folder))
with tempfile.NamedTemporaryFile("w+", suffix=".csv") as file:
    file.write("x")
    file.seek(0)
    print(file.read(), file.name.endswith(".csv"))
print(os.path.exists(file.name), os.listdir(tempfile.gettempdir()))
descriptor, name = tempfile.mkstemp()
os.close(descriptor)
os.unlink(name)
with tempfile.SpooledTemporaryFile() as file:
    print(file.write(b"bytes"))
