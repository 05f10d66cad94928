# shows: the path for imports begins with the folder of the program, which can import what it writes
import importlib
import os
import sys

print(sys.path[0] == os.getcwd())
with open("helper_module.py", "w") as file:
    file.write("print('read as', __name__)\nVALUE = 3\n")
importlib.invalidate_caches()
import helper_module

print(helper_module.VALUE, helper_module.__file__ == os.path.abspath("helper_module.py"), helper_module.__package__ == "")
print(sorted(os.listdir("__pycache__")))
try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    from os import nothing
except ImportError as error:
    print(str(error).split(" (")[0])
print([type(finder).__name__ for finder in sys.meta_path], len(sys.path_hooks))
print(helper_module.VALUE)
