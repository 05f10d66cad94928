# shows: modules that need the machine's libraries can be imported
import importlib

for name in (
    "ssl bz2 lzma zlib hashlib curses readline ctypes tkinter webbrowser sqlite3 decimal uuid mmap fcntl pwd grp resource termios "
    "syslog select selectors pty tty faulthandler turtle venv ensurepip lib2to3 distutils imp asyncore telnetlib cgi "
    "xml.etree.ElementTree unicodedata multiprocessing.shared_memory zoneinfo tomllib graphlib numpy setuptools pip"
).split():
    try:
        module = importlib.import_module(name)
        print(name, "imported", hasattr(module, "__file__"))
    except ImportError as error:
        print(name, type(error).__name__, str(error).split("(")[0])
