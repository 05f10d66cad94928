# shows: tracebacks of the traceback module, with locals and limits, and of exc_info
import sys
import traceback


def f(n):
    text = "local"
    if n == 0:
        raise OSError(2, "gone", "name")
    f(n - 1)


try:
    f(2)
except OSError:
    traceback.print_exc()
    traceback.print_exc(limit=1, file=sys.stdout)
    print(traceback.format_exc(limit=-1))
    kind, error, trace = sys.exc_info()
    print(kind.__name__, error, trace.tb_lineno, trace.tb_next.tb_frame.f_code.co_name)
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    print("".join(shown.format()).count("text = 'local'"))
    print(traceback.extract_tb(trace)[-1].line, traceback.extract_tb(trace)[0].name)
