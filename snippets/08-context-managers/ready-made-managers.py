import io
from contextlib import closing, redirect_stdout, suppress

with suppress(ValueError):
    [1, 2].index(3)
    print("not reached")

buffer = io.StringIO()
with redirect_stdout(buffer):
    print("into the buffer")
buffer.getvalue()  # 'into the buffer\n'

with closing(io.StringIO("a b")) as words:
    words.read()  # 'a b'
words.closed  # True
