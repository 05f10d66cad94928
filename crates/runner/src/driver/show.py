# What values and exceptions look like; showing them prints nothing and never raises.


def describe(reporter, value, changed):
    """A value as it can be written about; nothing when it cannot be shown."""
    if _type(value) is int and value.bit_length() > LONGEST_INT:
        return None
    try:
        with Muted(reporter):
            shown = _repr(value)
            text = _str(value)
            size = size_of(value)
            state = [_repr(one)[:VALUE_CAP] for one in changed if not _isinstance(one, _type(ast))]
        return {
            "repr": shown[:VALUE_CAP],
            "text": text[:VALUE_CAP] if text != shown else None,
            "type_name": _type(value).__name__,
            "classes": [c.__name__ for c in _type(value).__mro__ if c is not object],
            "size_bytes": size,
            "state": state,
        }
    except Exception:
        return None


def item_of(container, key):
    """An item of a container of Python's own, which runs no code of the snippet to find it."""
    if _type(container) in (dict, list):
        try:
            return container[key]
        except Exception:
            pass
    return ast  # a module is never shown


def size_of(value):
    try:
        return _getsizeof(value)
    except Exception:
        return None


def describe_exception(reporter, error, guide):
    """An exception as it was raised, with the guide's path and lines."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == reporter.file:
            line = trace.tb_lineno
        trace = trace.tb_next
    if _isinstance(error, SyntaxError):
        message = _str(error.msg)
        if line is None and error.filename == reporter.file:
            line = error.lineno
    else:
        try:
            message = _str(error)
        except Exception:
            message = "<exception str() failed>"
    return {
        "type": _type(error).__name__,
        "bases": [c.__name__ for c in _type(error).__mro__[1:] if issubclass(c, BaseException)],
        "message": message[:VALUE_CAP],
        "line": line,
        "traceback": format_traceback(reporter, error, guide),
    }


def format_traceback(reporter, error, guide):
    """As Python prints it, without the driver's frames and with the guide's path."""
    try:
        import traceback

        trace = error.__traceback__
        if _isinstance(error, SyntaxError) and error.filename == reporter.file:
            trace = None  # it is not raised by the code: there is no code
        with Muted(reporter):
            shown = traceback.TracebackException(_type(error), error, trace)
            hide_driver(shown, reporter.file, set())
            return "".join(shown.format()).replace(reporter.file, guide)[: 4 * VALUE_CAP]
    except Exception:
        return "%s: %s\n" % (_type(error).__name__, error)


def own_trace(trace, file):
    """The part of a traceback from the snippet's own first frame on; all of it when it has none."""
    found = trace
    while found is not None and found.tb_frame.f_code.co_filename != file:
        found = found.tb_next
    return found or trace


def printed_type(kind):
    """The class of an exception by the name that a traceback prints: up to 3.10 that of `__main__` is part of it."""
    if kind is None or kind.__module__ != "__main__" or issubclass(kind, SyntaxError):
        return kind
    return _type(kind.__name__, (), {"__module__": "builtins", "__qualname__": "__main__." + kind.__qualname__})


def hide_driver(shown, file, seen):
    """Takes off everything outside the snippet's own first frame, and the driver's frames inside."""
    if shown is None or id(shown) in seen:
        return
    seen.add(id(shown))
    frames = _list(shown.stack)
    first = next((n for n, frame in enumerate(frames) if frame.filename == file), 0)
    own = hide_driver.__code__.co_filename
    if sys.version_info < (3, 11):
        shown.exc_type = printed_type(shown.exc_type)
    shown.stack[:] = [frame for frame in frames[first:] if frame.filename != own]
    for linked in [shown.__cause__, shown.__context__] + _list(_getattr(shown, "exceptions", None) or []):
        hide_driver(linked, file, seen)
