# shows: files and folders in the work folder, made, listed, renamed, linked, removed
import os
import shutil
from pathlib import Path

folder = Path("data")
folder.mkdir()
file = folder / "a.txt"
print(file.write_text("one\ntwo\n"), file.read_text().splitlines(), file.stat().st_size)
(folder / "b.txt").symlink_to("a.txt")
os.link(file, folder / "c.txt")
print(sorted(p.name for p in folder.iterdir()), (folder / "b.txt").resolve() == file.resolve(), file.stat().st_nlink)
file.rename(folder / "d.txt")
print(sorted(p.name for p in Path(".").rglob("*.txt")), (folder / "b.txt").exists())
file = folder / "d.txt"
file.chmod(0o400)
print(oct(file.stat().st_mode), os.access(folder, os.W_OK), file.stat().st_uid == os.getuid())
shutil.make_archive("packed", "zip", folder)
shutil.copytree(folder, "copy", symlinks=True)
shutil.rmtree(folder)
print(Path("packed.zip").exists(), sorted(os.listdir("copy")))
try:
    Path("missing.txt").read_text()
except FileNotFoundError as error:
    print(error)
try:
    os.rmdir("copy")
except OSError as error:
    print(error.strerror)
print(Path.cwd() == Path().absolute(), Path.home() == Path(os.environ["HOME"]), Path("~/x").expanduser().parent == Path.home())
