# shows: print into other streams, redirected and replaced
import contextlib
import io
import sys

buffer = io.StringIO()
with contextlib.redirect_stdout(buffer):
    print("kept")
    help(len)
print(len(buffer.getvalue()) > 10, buffer.getvalue()[:4])


class Loud:
    def write(self, text):
        return sys.__stdout__.write(text.upper())

    def flush(self):
        pass


sys.stdout = Loud()
print("louder")
sys.stdout = sys.__stdout__
print("as before")
with contextlib.redirect_stderr(sys.stdout):
    print("on stdout", file=sys.stderr)
sys.displayhook(5)
sys.displayhook(None)
sys.displayhook("text")
print(__import__("builtins")._)
