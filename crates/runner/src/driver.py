"""Runs one snippet as `python file.py` would, and reports what happened while it ran.

The same file serves every engine: the embedded one calls `main`, the subprocess one runs it as a
script. It needs Python 3.8 and the standard library only. It knows nothing of judging.

It must not disturb what it observes: no name in the snippet's namespace, no lasting reference to its
objects, nothing printed. Records leave through a private descriptor as `<nonce> <length>\\n<json>\\n`.
"""

import ast
import builtins
import gc
import io
import json
import os
import sys
import _thread

# A snippet may patch or delete anything that it can import, so what is needed later is kept here.
_encode = json.JSONEncoder(ensure_ascii=False).encode
_decode = json.JSONDecoder().decode
_os_write, _getpid, _leave = os.write, os.getpid, os._exit
_getframe, _exc_info, _getsizeof = sys._getframe, sys.exc_info, sys.getsizeof
_ident = _thread.get_ident
_text_write = io.TextIOWrapper.write
_text_flush = io.TextIOWrapper.flush
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
THREAD_STACK = 2 << 20  # bytes; the usual 8 MiB count as memory, which a few hundred threads would use up


class Reporter:
    """The private descriptor, and the text that waits for more from the same lines."""

    def __init__(self, unit):
        self.descriptor = unit["results"]
        self.nonce = unit["nonce"].encode()
        self.file = unit["file"]
        self.process = _getpid()
        self.starts = {}
        self.recording = False
        self.budget = EVENT_BUDGET
        self.pending = None
        self.muted = set()
        self.lock = _thread.RLock()

    def send(self, kind, content):
        """Sends one record, after the text that was written before it."""
        if _getpid() != self.process:
            return
        with self.lock:
            self.flush()
            self._put(kind, content)

    def event(self, name, **fields):
        if self.recording:
            fields["event"] = name
            self.send("event", fields)

    def _put(self, kind, content):
        body = _encode({kind: content}).encode("utf-8", "replace")
        data = b"%s %d\n%s\n" % (self.nonce, _len(body), body)
        try:
            while data:
                data = data[_os_write(self.descriptor, data) :]
        except OSError:
            pass  # the snippet closed it: how it ends still shows

    def flush(self):
        pending, self.pending = self.pending, None
        if pending:
            stream, lines, texts = pending
            text = "".join(texts)
            fields = {"event": "write", "stream": stream, "text": text, "lines": lines}
            self._put("event", fields)

    def wrote(self, stream, text, frame):
        """Notes which guide lines were being executed when `text` was written."""
        if not self.recording or not text or self.budget <= 0 or _getpid() != self.process:
            return
        lines = self.lines(frame)
        with self.lock:
            self.budget -= _len(text)
            if self.pending and (self.pending[0] != stream or self.pending[1] != lines):
                self.flush()
            if self.pending:
                self.pending[2].append(text)
            else:
                self.pending = (stream, lines, [text])
            if text[-1] == "\n" or _len(text) > 4096:
                self.flush()

    def lines(self, frame):
        """The guide lines of all frames from `frame` outwards, each followed by its statement's first."""
        found = {}
        while frame is not None:
            if frame.f_code.co_filename == self.file and frame.f_lineno:
                line = frame.f_lineno
                found[line] = None
                found[self.starts.get(line, line)] = None
            frame = frame.f_back
        return _list(found)


class Muted:
    """Throws away what this thread writes to the standard streams."""

    def __init__(self, reporter):
        self.muted = reporter.muted

    def __enter__(self):
        self.muted.add(_ident())

    def __exit__(self, *_):
        self.muted.discard(_ident())


def make_stream(reporter, descriptor, name, errors):
    """A text stream on a standard descriptor that also tells the reporter what is written."""
    stream_name = "out" if descriptor == 1 else "err"

    class TextIOWrapper(io.TextIOWrapper):
        __module__ = "_io"
        __slots__ = ()

        def write(self, text):
            if reporter.muted and _ident() in reporter.muted:
                return _len(text)
            count = _text_write(self, text)
            try:
                reporter.wrote(stream_name, text, _getframe(1))
            except RecursionError:
                pass  # written all the same, where plain Python had room for it
            return count

    TextIOWrapper.__qualname__ = "TextIOWrapper"
    raw = io.FileIO(descriptor, "w", closefd=False)
    raw.name = name
    stream = TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors=errors, newline="\n", line_buffering=True
    )
    stream.mode = "w"
    return stream


# --- what values and exceptions look like -------------------------------------------------------


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


def hide_driver(shown, file, seen):
    """Takes off everything outside the snippet's own first frame, and the driver's frames inside."""
    if shown is None or id(shown) in seen:
        return
    seen.add(id(shown))
    frames = _list(shown.stack)
    first = next((n for n, frame in enumerate(frames) if frame.filename == file), 0)
    own = __file__
    shown.stack[:] = [frame for frame in frames[first:] if frame.filename != own]
    for linked in [shown.__cause__, shown.__context__] + _list(_getattr(shown, "exceptions", None) or []):
        hide_driver(linked, file, seen)


# --- watching statements ------------------------------------------------------------------------


def blocks(node):
    """The statement lists directly inside a statement."""
    for field in ("body", "orelse", "finalbody"):
        inner = _getattr(node, field, None)
        if _isinstance(inner, list):
            yield inner
    for part in _getattr(node, "handlers", None) or _getattr(node, "cases", None) or ():
        yield part.body


def all_statements(body, owner=None):
    """Every statement with the statement that it stands in, outer ones first."""
    for statement in body:
        yield statement, owner
        for inner in blocks(statement):
            for found in all_statements(inner, statement):
                yield found


def first_line(statement):
    """A decorated definition begins with its decorators."""
    return min([statement.lineno] + [d.lineno for d in _getattr(statement, "decorator_list", ())])


def statement_starts(body, starts):
    """For each line, the first line of the innermost statement that it belongs to."""
    for statement, _ in all_statements(body):
        first = first_line(statement)
        for line in range(first, (statement.end_lineno or statement.lineno) + 1):
            starts[line] = first
        for decorator in _getattr(statement, "decorator_list", ()):
            for line in range(decorator.lineno, (decorator.end_lineno or decorator.lineno) + 1):
                starts[line] = decorator.lineno


class Watcher:
    """Puts hooks into a module's tree where an expectation asks for it."""

    def __init__(self, tree, source, watches):
        self.tree = tree
        self.source = source.split("\n")
        self.statements = _list(all_statements(tree.body))
        self.wanted = {}
        self.at_start = []
        self.after_class = {}
        self.announced = set()
        for watch in watches:
            self.place(watch)

    def place(self, watch):
        lines = watch["statement"]
        kind = watch["want"]["kind"]
        if kind == "side":
            found = self.above(lines["first"], lines["last"])
            if found is None:
                self.at_start.append(watch)
                return
        else:
            found = self.find(lines["first"], lines["last"])
        if found is None or _is_future(found):
            return
        self.wanted.setdefault(id(found), []).append(watch)

    def find(self, first, last):
        """The statement of these lines: the last innermost one among those that fill them."""
        exact = [s for s, _ in self.statements if first_line(s) == first and s.end_lineno == last]
        if exact:
            # Several on one line: the comment speaks of the last one; its body, when it is one line.
            return exact[-1]
        inside = [s for s, _ in self.statements if first <= s.lineno and s.end_lineno <= last]
        if inside:
            end = max(s.end_lineno for s in inside)
            return [s for s in inside if s.end_lineno == end][-1]
        heads = [s for s, _ in self.statements if first <= s.lineno <= last]
        if heads:
            return heads[0]
        around = [s for s, _ in self.statements if first_line(s) <= first and last <= s.end_lineno]
        return around[-1] if around else None

    def above(self, first, last):
        """The statement that lines of comments stand below: the nearest one at their indent."""
        exact = [s for s, _ in self.statements if first <= s.lineno <= last]
        if exact:
            return exact[-1]
        line = self.source[first - 1] if first <= _len(self.source) else ""
        indent = _len(line) - _len(line.lstrip())
        before = [s for s, _ in self.statements if s.end_lineno < first]
        same = [s for s in before if s.col_offset == indent]
        less = [s for s in before if s.col_offset <= indent]
        nearest = same or less
        return max(nearest, key=lambda s: (s.end_lineno, s.col_offset)) if nearest else None

    def top_level(self):
        """For each top-level statement, the statements that it becomes."""
        made = []
        for statement in self.tree.body:
            nested = any(
                watch["want"]["kind"] == "raised"
                for one, _ in all_statements([statement])
                for watch in self.wanted.get(id(one), ())
            )
            if nested:
                self.announced.add(id(statement))
            made.append(self.rebuild([statement], None))
        if self.at_start and made:
            hooks = [self.side(watch, self.tree.body[0]) for watch in self.at_start]
            # After a docstring or a future import, which must come first.
            keep = 0
            while keep < _len(made) - 1 and (_is_future(self.tree.body[keep]) or _is_text(self.tree.body[keep])):
                keep += 1
            made[keep] = hooks + made[keep]
        return made

    def rebuild(self, body, owner):
        made = []
        for statement in body:
            for inner in blocks(statement):
                inner[:] = self.rebuild(inner, statement)
            made.extend(self.apply(statement, owner))
        return made

    def apply(self, statement, owner):
        watches = self.wanted.get(id(statement), ())
        after = self.after_class.pop(id(statement), [])
        made, done, raised = [statement], [], []
        for watch in watches:
            kind = watch["want"]["kind"]
            if kind == "value":
                hook, end = self.value(statement, owner, watch["expectation"])
                after.extend(hook)
                done.extend(end)
            elif kind == "side":
                after.append(self.side(watch, statement))
            elif kind == "raised":
                raised.append(hook_call(statement, "raised", watch["expectation"]))
                done.append(hook_call(statement, "done", watch["expectation"]))
            else:
                done.append(hook_call(statement, "done", watch["expectation"]))
        if raised:
            again = located(ast.Raise(exc=None, cause=None), statement)
            handler = located(ast.ExceptHandler(type=None, name=None, body=raised + [again]), statement)
            made = [try_around(made, handlers=[handler], final=[])]
        made.extend(after)
        if done:
            made = [try_around(made, handlers=[], final=done)]
        return made

    def side(self, watch, near):
        code = located(ast.Constant(value=watch["want"]["code"], kind=None), near)
        line = located(ast.Constant(value=watch["statement"]["first"], kind=None), near)
        return hook_call(near, "side", watch["expectation"], code, line)

    def value(self, statement, owner, number):
        """Hooks that tell the statement's value: those after it, and those at its end in any case."""
        kind = _type(statement)
        end = [hook_call(statement, "done", number)]
        if _is_text(statement):
            # It may be a docstring, which only stands alone.
            text = located(ast.Constant(value=statement.value.value, kind=None), statement)
            return [located(ast.Expr(value=hook_value(statement, number, text)), statement)], end
        if kind is ast.Expr:
            wrap_expression(statement, number)
        elif kind in (ast.Return, ast.Assert, ast.If, ast.While):
            field = "value" if kind is ast.Return else "test"
            inner = _getattr(statement, field)
            if inner is not None:
                setattr(statement, field, hook_value(statement, number, inner))
        elif kind in (ast.For, ast.AsyncFor):
            self.inside(statement, statement.target, number)
        elif kind in (ast.With, ast.AsyncWith):
            target = statement.items[-1].optional_vars
            if target is not None:
                self.inside(statement, target, number)
        elif kind is ast.Assign or kind is ast.AugAssign or kind is ast.AnnAssign and statement.value:
            target = statement.targets[0] if kind is ast.Assign else statement.target
            if _isinstance(owner, ast.ClassDef) and _isinstance(target, ast.Name):
                made = located(ast.Name(id=owner.name, ctx=ast.Load()), owner)
                name = located(ast.Constant(value=target.id, kind=None), owner)
                self.after_class.setdefault(id(owner), []).append(
                    hook_call(owner, "member", number, made, name)
                )
            elif is_simple(target):
                return [hook_expr(statement, number, target)], end
        return [], end

    @staticmethod
    def inside(statement, target, number):
        if is_simple(target):
            statement.body.insert(0, hook_expr(statement.body[0], number, target))


def located(node, near):
    ast.copy_location(node, near)
    for child in ast.iter_child_nodes(node):
        if not hasattr(child, "lineno"):
            located(child, near)
    return node


def try_around(body, handlers, final):
    return located(ast.Try(body=body, handlers=handlers, orelse=[], finalbody=final), body[0])


def hook_value(near, number, value, *changed):
    name = ast.Name(id=HOOK, ctx=ast.Load())
    constants = [ast.Constant(value=one, kind=None) for one in ("value", number)]
    return located(ast.Call(func=name, args=constants + [value] + _list(changed), keywords=[]), near)


def hook_expr(near, number, target):
    """A statement that tells the value that a target has now."""
    # What a store into an object or a container may have changed is worth knowing, too.
    base = target.value if _isinstance(target, (ast.Attribute, ast.Subscript)) else None
    changed = [loaded(base)] if base is not None else []
    return located(ast.Expr(value=hook_value(near, number, loaded(target), *changed)), near)


def hook_call(near, kind, number, *rest):
    name = ast.Name(id=HOOK, ctx=ast.Load())
    constants = [ast.Constant(value=one, kind=None) for one in (kind, number)]
    call = ast.Call(func=name, args=constants + _list(rest), keywords=[])
    return located(ast.Expr(value=located(call, near)), near)


def wrap_expression(statement, number):
    """A bare expression tells its value; a call also what it may have changed."""
    value = statement.value
    if _isinstance(value, (ast.Yield, ast.YieldFrom)):
        if _isinstance(value, ast.Yield) and value.value is not None:
            value.value = hook_value(statement, number, value.value)
        return
    call = value.value if _isinstance(value, ast.Await) else value
    changed = []
    if _isinstance(call, ast.Call):
        if _isinstance(call.func, ast.Attribute) and is_chain(call.func.value):
            changed.append(loaded(call.func.value))
        changed.extend(loaded(one) for one in call.args if _isinstance(one, ast.Name))
    statement.value = hook_value(statement, number, value, *changed)


def is_chain(node):
    """`name` or `name.attribute.…`."""
    while _isinstance(node, ast.Attribute):
        node = node.value
    return _isinstance(node, ast.Name)


_SIMPLE = tuple(
    _getattr(ast, name)
    for name in "Name Attribute Subscript Constant UnaryOp USub Index Slice Tuple List Starred Load Store".split()
    if hasattr(ast, name)
)


def is_simple(target):
    """Whether reading the target again runs no code of its own but that of its objects."""
    return all(_isinstance(node, _SIMPLE) for node in ast.walk(target))


def loaded(node):
    """The expression that reads what `node` is."""
    if _isinstance(node, ast.Name):
        made = ast.Name(id=node.id, ctx=ast.Load())
    elif _isinstance(node, ast.Attribute):
        made = ast.Attribute(value=node.value, attr=node.attr, ctx=ast.Load())
    elif _isinstance(node, ast.Subscript):
        made = ast.Subscript(value=node.value, slice=node.slice, ctx=ast.Load())
    elif _isinstance(node, ast.Starred):
        made = loaded(node.value)
    else:
        made = ast.Tuple(elts=[loaded(one) for one in node.elts], ctx=ast.Load())
    return ast.copy_location(made, node)


def _is_future(statement):
    return _isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _is_text(statement):
    """A bare string: a docstring, where it comes first."""
    value = _getattr(statement, "value", None)
    return (
        _isinstance(statement, ast.Expr)
        and _isinstance(value, ast.Constant)
        and _isinstance(value.value, str)
    )


# --- going on after an exception ----------------------------------------------------------------


class Names:
    """What a top-level statement uses and makes, as the compiler sees it."""

    def __init__(self, statement, file, flags):
        import dis

        self.loads, self.stores, self.deferred, self.globals = set(), set(), set(), set()
        self.changes = changed_names(statement)
        module = ast.Module(body=[statement], type_ignores=[])
        try:
            code = _compile(module, file, "exec", flags, True)
        except SyntaxError:
            return
        self._read(code, dis, True)
        # The name of a caught exception is gone after its handler.
        for node in ast.walk(statement):
            if _isinstance(node, ast.ExceptHandler) and node.name:
                self.loads.discard(node.name)
                self.stores.discard(node.name)

    def _read(self, code, dis, top):
        loads, stores = set(), set()
        for step in dis.get_instructions(code):
            # Newer versions join two steps into one name: LOAD_FAST_LOAD_FAST and the like are no concern.
            operation = step.opname
            if operation in ("LOAD_NAME", "LOAD_GLOBAL", "DELETE_NAME", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"):
                loads.add(step.argval)
            elif operation == "STORE_NAME":
                stores.add(step.argval)
            elif operation == "STORE_GLOBAL":
                self.globals.add(step.argval)
        if top:
            self.loads |= loads
            self.stores |= stores
        else:
            self.deferred |= loads - stores
        for constant in code.co_consts:
            if hasattr(constant, "co_code"):
                self._read(constant, dis, False)

    @property
    def uses(self):
        return self.loads | self.deferred


def changed_names(statement):
    """Names whose objects the statement may change itself: stores into them, calls of their methods."""
    found = set()
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if _isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        base = None
        if _isinstance(node, (ast.Attribute, ast.Subscript)) and not _isinstance(node.ctx, ast.Load):
            base = node.value
        elif _isinstance(node, ast.Call) and _isinstance(node.func, ast.Attribute):
            base = node.func.value
        while _isinstance(base, (ast.Attribute, ast.Subscript)):
            base = base.value
        if _isinstance(base, ast.Name):
            found.add(base.id)
        waiting.extend(ast.iter_child_nodes(node))
    return found


_ALWAYS_BINDS = (
    ast.Assign,
    ast.AnnAssign,
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
)


class Taint:
    """Which names cannot be trusted after statements that did not do their work."""

    def __init__(self, statements, file, flags, namespace):
        self.statements = statements
        self.names = [Names(one, file, flags) for one in statements]
        self.namespace = namespace
        self.because = {}
        self.links, self.writes = {}, {}
        for names in self.names:
            for bound in names.stores:
                # A function uses what its body uses, and an object what its class does.
                through = {name for name in names.loads if name in self.links}
                self.links[bound] = self.links.get(bound, set()) | names.deferred | through
                self.writes[bound] = self.writes.get(bound, set()) | names.globals

    def reached(self, names):
        found, waiting = set(), _list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.links.get(name, ()))
        return found

    def add(self, index, because, announced):
        """The statement did not do its work."""
        names = self.names[index]
        broken = names.stores | names.globals
        for name in self.reached(names.loads):
            broken |= self.writes.get(name, set())
        if not announced:
            broken |= {name for name in names.changes if self.is_object(name)}
        for name in broken:
            self.because[name] = because

    def is_object(self, name):
        """Calling a function of a module or a class changes neither, nor does a path change."""
        value = self.namespace.get(name)
        if hasattr(_type(value), "__fspath__"):
            return False
        return not _isinstance(value, (_type, _type(ast), _type(make_stream), str, bytes, tuple))

    def blocks(self, index):
        """The line of the stopped statement that this one would need, if it needs one."""
        if not self.because:
            return None
        hit = self.reached(self.names[index].uses) & set(self.because)
        if hit:
            return min(self.because[name] for name in hit)
        if _isinstance(self.statements[index], _ALWAYS_BINDS):
            for name in self.names[index].stores:
                self.because.pop(name, None)
        return None


# --- running ------------------------------------------------------------------------------------


class Leave(Exception):
    """The run is over: how."""

    def __init__(self, code, left):
        self.code = code
        self.left = left


class Runner:
    """Runs one work unit in a fresh `__main__`."""

    def __init__(self, unit):
        self.unit = unit
        self.file = unit["file"]
        self.reporter = Reporter(unit)
        self.namespace = None
        self.flags = TOP_LEVEL_AWAIT if unit["top_level_await"] else 0
        self.told = {}
        self.before_it = []  # what was stopped in the context: later statements may lack its work
        self.trees = []  # kept: a literal in a running file is also referred to by its tree
        self.main_module()

    def main_module(self):
        module = _type(ast)("__main__")
        space = module.__dict__
        space["__loader__"] = sys.modules["_frozen_importlib_external"].SourceFileLoader(
            "__main__", self.file
        )
        space["__spec__"] = None
        if sys.version_info < (3, 14):
            space["__annotations__"] = {}
        space["__builtins__"] = builtins
        space["__file__"] = self.file
        if sys.version_info < (3, 15):
            space["__cached__"] = None
        sys.modules["__main__"] = module
        self.namespace = space

    def hook(self, kind, number, *rest):
        """What the statements put into the tree call; it never raises, and gives the value back."""
        try:
            if _getpid() == self.reporter.process:
                _getattr(self, "on_" + kind)(number, *rest)
        except Exception:
            pass
        return rest[0] if rest else None

    def on_value(self, number, value, *changed):
        self.told[number] = count = self.told.get(number, 0) + 1
        if count > VALUES:
            return
        shown = describe(self.reporter, value, changed)
        if shown is not None:
            self.reporter.event("value", expectation=number, value=shown)

    def on_member(self, number, owner, name):
        if name.startswith("__") and not name.endswith("__"):
            name = "_%s%s" % (owner.__name__.lstrip("_"), name)
        value = _getattr(owner, name)
        enum = sys.modules.get("enum")
        changed = [value.value] if enum and _isinstance(value, enum.Enum) else []
        self.on_value(number, value, *changed)

    def on_done(self, number):
        self.told[-number - 1] = count = self.told.get(-number - 1, 0) + 1
        if count > VALUES:
            return
        self.reporter.event("done", expectation=number)

    def on_raised(self, number):
        error = _exc_info()[1]
        if error is not None and not _isinstance(error, GeneratorExit):
            shown = describe_exception(self.reporter, error, self.unit["guide"])
            self.reporter.event("raised", expectation=number, exception=shown)

    def on_side(self, number, code, line):
        frame = _getframe(2)
        answer = self.run_aside(code, line, frame)
        if answer is not None:
            self.reporter.event("raised", expectation=number, exception=answer["exception"])

    def run_aside(self, code, line, frame):
        """Runs code in a copy of this process and tells its exception; nothing when it takes too long."""
        import select

        reader, writer = os.pipe()
        with Muted(self.reporter):  # newer versions warn of forks beside threads
            child = os.fork()
        if child == 0:
            self.answer_aside(code, line, frame, writer)
        os.close(writer)
        data = b""
        try:
            while select.select([reader], [], [], SIDE_SECONDS)[0]:
                piece = os.read(reader, 65536)
                if not piece:
                    break
                data += piece
            else:
                data = b""
        finally:
            os.close(reader)
            os.kill(child, 9)
            os.waitpid(child, 0)
        return _decode(data.decode("utf-8")) if data else None

    def answer_aside(self, code, line, frame, writer):
        try:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 1)
            os.dup2(null, 2)
            found = None
            try:
                source = "\n" * (line - 1) + code
                _eval(_compile(source, self.file, "exec", self.flags & ~TOP_LEVEL_AWAIT, True), frame.f_globals, frame.f_locals)
            except BaseException as error:
                found = describe_exception(self.reporter, error, self.unit["guide"])
            body = _encode({"exception": found}).encode("utf-8", "replace")
            while body:
                body = body[_os_write(writer, body) :]
        finally:
            _leave(0)

    # Parts

    def quietly(self, work):
        """Runs what stands before the snippet with both outputs thrown away."""
        kept = [os.dup(1), os.dup(2)]
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.close(null)
        try:
            work()
        finally:
            flush_streams()
            for number, copy in enumerate(kept, 1):
                os.dup2(copy, number)
                os.close(copy)

    def before(self):
        for text in self.unit["prelude"]:
            try:
                _eval(_compile(text, "<prelude>", "exec", 0, True), self.namespace)
            except Exception:
                pass
        for part in self.unit["context"]:
            self.run_part(part, [], False)

    def run(self):
        if self.unit["prelude"] or self.unit["context"]:
            self.quietly(self.before)
        self.reporter.recording = True
        self.reporter.send("begun", None)
        for fields in self.before_it:
            self.reporter.event("stopped", **fields)
        self.run_part(self.unit["code"], self.unit["watches"], True)

    def run_part(self, part, watches, judged):
        source = "\n" * (part["first"] - 1) + part["code"]
        last = part["first"] + part["code"].rstrip("\n").count("\n")
        try:
            tree = ast.parse(source, self.file)
            with Muted(self.reporter):  # what the compiler warns of is told when the code runs
                _compile(tree, self.file, "exec", self.flags, True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            with Muted(self.reporter):
                source = self.leading_part(source)
            if judged:
                self.stopped(part["first"], last, error)
            if source is None:
                return
            tree = ast.parse(source, self.file)
        statement_starts(tree.body, self.reporter.starts)
        Block(self, tree, source, Watcher(tree, source, watches), judged).run()

    def leading_part(self, source):
        """The statements above the first error; nothing when there are none."""
        lines = source.split("\n")
        end = _len(lines)
        for _ in range(400):
            try:
                text = "\n".join(lines[:end])
                tree = ast.parse(text, self.file)
                _compile(tree, self.file, "exec", self.flags, True)
                return text if tree.body else None
            except SyntaxError as error:
                end = min(end, error.lineno or end) - 1
            except (ValueError, RecursionError, MemoryError):
                end -= 1
            while end > 0 and not begins_statement(lines, end):
                end -= 1
            if end <= 0:
                return None
        return None

    def stopped_before(self, lines, error):
        """Keeps what a run of the code as it stands need not tell: there the first exception counts."""
        if not self.unit["first_only"]:
            shown = describe_exception(self.reporter, error, self.unit["guide"])
            self.before_it.append({"statement": lines, "exception": shown})

    def stopped(self, first, last, error):
        shown = describe_exception(self.reporter, error, self.unit["guide"])
        fields = {"statement": {"first": first, "last": last}, "exception": shown}
        self.reporter.event("stopped", **fields)
        self.print_exception(error, shown["traceback"])
        if self.unit["first_only"]:
            raise Leave(1, None)

    def print_exception(self, error, text):
        """Tells of it on stderr, by the snippet's own hook when it has one."""
        try:
            flush_streams()
            if sys.excepthook is not sys.__excepthook__:
                sys.excepthook(_type(error), error, error.__traceback__)
            elif _isinstance(sys.stderr, io.TextIOWrapper):
                _text_write(sys.stderr, text)
                _text_flush(sys.stderr)
            elif sys.stderr is not None:
                sys.stderr.write(text)
        except Exception:
            pass


def folded_constants(code, tree):
    """Constants that the compiler made out of others.

    Python keeps what it made a file's code from until the file has run (up to 3.13), and with it one more
    reference to each; `sys.getrefcount` of a literal shows that.
    """
    if sys.version_info >= (3, 14):
        return []
    written = {id(node.value) for node in ast.walk(tree) if _isinstance(node, ast.Constant)}
    found, waiting = [], [code]
    while waiting:
        for constant in waiting.pop().co_consts:
            if hasattr(constant, "co_consts"):
                waiting.append(constant)
            elif id(constant) not in written:
                found.append(constant)
    return found


def begins_statement(lines, count):
    """Whether a cut before line `count` (0-based) is one between top-level statements."""
    if count >= _len(lines):
        return True
    line = lines[count]
    if not line or line[0] in " \t)]}#\r":
        return False
    return not line.startswith(("else", "elif", "except", "finally"))


class Block:
    """The top-level statements of a part, run as one unit as far as they go."""

    def __init__(self, runner, tree, source, watcher, judged):
        self.runner = runner
        self.judged = judged
        self.source = source
        self.statements = _list(tree.body)
        self.taint = None
        self.made = watcher.top_level()
        self.announced = watcher.announced
        self.futures = 0
        for statement in self.statements:
            if _is_future(statement):
                import __future__

                for alias in statement.names:
                    feature = _getattr(__future__, alias.name, None)
                    self.futures |= feature.compiler_flag if feature else 0

    def run(self):
        at_once = not self.runner.unit["by_statement"]
        index, count = 0, _len(self.statements)
        while index < count:
            chosen = [n for n in range(index, count) if self.may_run(n)] if at_once else [index]
            if not at_once and not self.may_run(index):
                chosen = []
            failed = self.attempt(chosen) if chosen else None
            if failed is not None:
                index = failed + 1
            elif at_once:
                break
            else:
                index += 1

    def may_run(self, index):
        because = self.taint.blocks(index) if self.taint else None
        if because is None:
            return True
        self.taint.add(index, because, False)
        if self.judged:
            lines = self.lines(index)
            self.runner.reporter.event("not_run", statement=lines, because=because)
        return False

    def lines(self, index):
        statement = self.statements[index]
        return {"first": first_line(statement), "last": statement.end_lineno}

    def attempt(self, chosen):
        """Runs these statements as one unit; the index of the one that was stopped, if one was."""
        runner = self.runner
        body = [statement for n in chosen for statement in self.made[n]]
        module = ast.Module(body=body, type_ignores=[])
        code = None
        try:
            code = _compile(module, runner.file, "exec", runner.flags | self.futures, True)
            runner.trees.append((module, folded_constants(code, module)))
            result = _eval(code, runner.namespace)
            if code.co_flags & COROUTINE:
                import asyncio

                asyncio.run(result)
            return None
        except SystemExit as error:
            if not self.judged:
                return None
            left = self.locate(error, code, chosen)
            raise Leave(exit_code(error), (left, _len(self.statements) - 1 - left, self.lines(left)["first"])) from None
        except Leave:
            raise
        except BaseException as error:
            failed = self.locate(error, code, chosen)
            self.stop(failed, error)
            if _getpid() != runner.reporter.process:
                raise Leave(1, None) from None  # a copy that the snippet made of its process ends here
            return failed

    def stop(self, failed, error):
        lines = self.lines(failed)
        if self.judged:
            self.runner.stopped(lines["first"], lines["last"], error)
        else:
            self.runner.stopped_before(lines, error)
        if self.taint is None:
            flags = self.runner.flags | self.futures
            with Muted(self.runner.reporter):
                # Read again: the names are those of the code, not of the hooks in it.
                statements = ast.parse(self.source, self.runner.file).body
                self.taint = Taint(statements, self.runner.file, flags, self.runner.namespace)
        announced = id(self.statements[failed]) in self.announced
        self.taint.add(failed, lines["first"], announced)

    def locate(self, error, code, chosen):
        """Which of these statements an exception came out of."""
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code is not code:
            trace = trace.tb_next
        if trace is None:
            return chosen[-1]
        line = trace.tb_lineno
        column = column_of(code, trace.tb_lasti)
        best = chosen[0]
        for n in chosen:
            statement = self.statements[n]
            if first_line(statement) <= line <= statement.end_lineno:
                best = n
                if column is None or (line, column) < (statement.end_lineno, statement.end_col_offset):
                    break
        return best


def column_of(code, step):
    """Where on its line a step of the code stands, from the version on that knows it (3.11)."""
    positions = _getattr(code, "co_positions", None)
    if positions is None:
        return None
    for number, (_, _, column, _) in enumerate(positions()):
        if number == step // 2:
            return column
    return None


def exit_code(error):
    """What `python file.py` ends with, and its message on stderr."""
    code = error.code
    if code is None:
        return 0
    if _isinstance(code, int):
        return code & 0xFF
    try:
        sys.stderr.write("%s\n" % (code,))
    except Exception:
        pass
    return 1


def flush_streams():
    for name in ("stdout", "stderr"):
        try:
            stream = _getattr(sys, name, None)
            if stream is not None:
                stream.flush()
        except Exception:
            pass


# --- the end, as Python ends --------------------------------------------------------------------


def wind_up(runner):
    """Waits for threads, calls what was registered, and lets the snippet's objects go."""
    reporter = runner.reporter
    threading = sys.modules.get("threading")
    if threading is not None:
        me = threading.current_thread()
        waiting = [t.name for t in threading.enumerate() if t is not me and not t.daemon]
        if waiting:
            reporter.send("waiting", ", ".join(_str(name) for name in waiting[:5]))
        guarded(threading._shutdown)
    import atexit

    guarded(atexit._run_exitfuncs)
    flush_streams()
    runner.trees.clear()
    sys.modules.pop("__main__", None)
    runner.namespace = None
    guarded(gc.collect)
    flush_streams()


def guarded(call):
    try:
        call()
    except SystemExit:
        pass
    except BaseException:
        try:
            sys.excepthook(*_exc_info())
        except Exception:
            pass


def main(text):
    """Runs the work unit that `text` describes and leaves the process."""
    unit = _decode(text)
    code = 1
    try:
        # What is there already is nothing that the snippet's own collections should look at.
        gc.collect()
        gc.freeze()
        runner = Runner(unit)
        reporter = runner.reporter
        sys.stdout = sys.__stdout__ = make_stream(reporter, 1, "<stdout>", "strict")
        sys.stderr = sys.__stderr__ = make_stream(reporter, 2, "<stderr>", "backslashreplace")
        sys.argv = [unit["file"]]
        if unit["environment"] is None:
            sys.path[0] = unit["folder"]  # instead of the driver's own folder
        else:
            sys.path.insert(0, unit["folder"])
            os.environ.clear()
            os.environ.update(unit["environment"])
        setattr(builtins, HOOK, runner.hook)
        _thread.stack_size(THREAD_STACK)
        left = None
        try:
            runner.run()
            code = 0
        except Leave as end:
            code, left = end.code, end.left
        if not unit["first_only"]:
            wind_up(runner)
        finish(reporter, code, left)
    finally:
        _leave(code)


def finish(reporter, code, left):
    """Tells how the run ended: to the end of the code, or before it by an exit."""
    early = None
    if left is not None:
        _, missed, line = left
        if code or missed:
            early = code
        if not code and missed:
            what = "1 statement" if missed == 1 else "%d statements" % missed
            reporter.send("note", "`sys.exit` on line %d left %s behind" % (line, what))
    reporter.send("end", {"code": early})


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as _task:
        _given = _task.read().decode("utf-8")
    for _trace in sys.argv[:2]:
        os.unlink(_trace)
    main(_given)
