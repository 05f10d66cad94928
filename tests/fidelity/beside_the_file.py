# shows: a file of data beside the program, found by __file__
import os
from pathlib import Path

here = Path(__file__).resolve().parent
(here / "settings.txt").write_text("debug = yes")
print((here / "settings.txt").read_text(), Path(__file__).suffix, os.path.isabs(__file__))
print(open(__file__).readline().startswith("# shows"), Path(__file__).is_file())
