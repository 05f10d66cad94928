"""Runs one snippet as `python file.py` would, and reports what happened while it ran.

The same program serves every engine: the embedded one calls `main`, the subprocess one runs it as a
script. It needs Python 3.8 and the standard library only. It knows nothing of judging.

It must not disturb what it observes: no name in the snippet's namespace, no lasting reference to its
objects, nothing printed. Records leave through a private descriptor as `<nonce> <length>\\n<json>\\n`.
"""

import ast
import atexit
import builtins
import gc
import io
import json
import os
import sys
import time
import _thread

# As `__main__` is the snippet, its classes must not be found among the driver's.
AS_PROGRAM = __name__ == "__main__"
__name__ = "snipcheck"



def encoder():
    """What turns a record into pieces of JSON: made once, where `json` would make it for each record."""
    plain = json.JSONEncoder(ensure_ascii=False).iterencode
    make, text = json.encoder.c_make_encoder, json.encoder.encode_basestring
    return make(None, None, text, None, ": ", ", ", False, False, True) if make else plain


# A snippet may patch or delete anything that it can import, so what is needed later is kept here.
_encode = encoder()
_decode = json.JSONDecoder().scan_once  # the value that begins at a place in a text, and where it ends
_os_write, _getpid, _leave = os.write, os.getpid, os._exit
_getframe, _exc_info, _getsizeof = sys._getframe, sys.exc_info, sys.getsizeof
_ident, _threads = _thread.get_ident, _thread._count
_clock, _cpu = time.perf_counter_ns, time.process_time_ns
_callbacks, _freeze, _modules = atexit._ncallbacks, gc.freeze, sys.modules
_text_write = io.TextIOWrapper.write
_text_flush = io.TextIOWrapper.flush
_text_repr = io.TextIOWrapper.__repr__
_compile, _eval, _repr, _str, _type = compile, eval, repr, str, type
_isinstance, _len, _getattr, _list, _dict = isinstance, len, getattr, list, dict

# Not an identifier: no snippet can use it, shadow it or see it in its own namespace.
HOOK = "<snipcheck>"
TOP_LEVEL_AWAIT = 0x2000  # ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
COROUTINE = 0x80  # inspect.CO_COROUTINE
EVENT_BUDGET = 1 << 20  # characters of written text that are recorded by line
VALUE_CAP = 20_000  # characters of a repr
VALUES = 500  # values told of one watch: a loop may pass it for ever
LONGEST_INT = 200_000  # bits of an int that is still turned into text
SIDE_SECONDS = 2.0
PADDING = 2000  # lines that are parsed in less time than it takes to move a tree down
REHEARSALS = 4  # times that a process does before its forks what each of them will do
THREAD_STACK = 2 << 20  # bytes; the usual 8 MiB count as memory, which a few hundred threads would use up
