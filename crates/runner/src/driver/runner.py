# Runs what a work unit asks for, part by part, in a fresh `__main__`.


class Leave(Exception):
    """The run is over: how."""

    def __init__(self, code, left):
        self.code = code
        self.left = left


def own_pss():
    """The memory of this process in bytes, what it shares with others divided among them."""
    try:
        with io.open("/proc/self/smaps_rollup", encoding="ascii") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


class Runner:
    """Runs one work unit in a fresh `__main__`."""

    def __init__(self, file):
        self.file = file
        self.reporter = Reporter(file)
        self.quiet = Muted(self.reporter)
        self.unit = self.namespace = self.needs_trees = None
        self.flags = 0
        self.told = {}
        self.clocks = {}  # by watch, when its statement began
        self.before_it = []  # what was stopped in the context: later statements may lack its work
        self.trees = []  # kept: a literal in a running file is also referred to by its tree
        load = sys.modules["_frozen_importlib_external"].SourceFileLoader("__main__", file)
        self.names = {"__loader__": load, "__spec__": None}
        if sys.version_info < (3, 14):
            self.names["__annotations__"] = None  # a new one for each unit
        self.names.update(__builtins__=builtins, __file__=file)
        if sys.version_info < (3, 15):
            self.names["__cached__"] = None

    def take(self, unit, text):
        """Makes this work unit, which `text` says in JSON, the one to run."""
        self.unit = unit
        self.needs_trees = "getrefcount" in text or unit["by_statement"]
        if "native_id" in text and "threading" in sys.modules:
            sys.modules["threading"].main_thread()._set_native_id()
        reporter = self.reporter
        reporter.process = _getpid()  # only this one tells anything
        reporter.nonce = unit["nonce"].encode()
        reporter.descriptor = unit["results"]
        if unit["top_level_await"]:
            self.flags = TOP_LEVEL_AWAIT
        if unit["files"]:
            give_way(unit)
        if unit["watches"]:
            setattr(builtins, HOOK, self.hook)
        module = _type(ast)("__main__")
        self.namespace = module.__dict__
        self.namespace.update(self.names)
        if "__annotations__" in self.names:
            self.namespace["__annotations__"] = {}
        _modules["__main__"] = module

    def hook(self, kind, number, *rest):
        """What the statements put into the tree call; it never raises, and gives an expression's value back."""
        try:
            if _getpid() == self.reporter.process:
                _getattr(self, "on_" + kind)(number, *rest)
        except Exception:
            pass
        if kind == "item":
            return item_of(*rest)
        return rest[0] if kind == "value" else None

    def on_value(self, number, value, *changed):
        self.told[number] = count = self.told.get(number, 0) + 1
        if count > VALUES:
            return
        shown = describe(self.reporter, value, changed)
        if shown is not None:
            self.reporter.event("value", expectation=number, value=shown)

    on_seen = on_value

    def on_item(self, number, container, key):
        """Nothing to tell: `hook` gives the item back."""

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

    def on_begins(self, number):
        self.clocks[number] = {"cpu": _cpu(), "at": _clock()}

    def on_ends(self, number):
        now = {"at": _clock(), "cpu": _cpu()}
        self.told[number] = count = self.told.get(number, 0) + 1
        if count <= VALUES:
            self.reporter.event("timed", expectation=number, **{"from": self.clocks[number], "to": now})

    def on_weighing(self, number, traced):
        gc.collect()
        if traced:
            import tracemalloc

            tracemalloc.start()
        self.clocks[number] = own_pss()

    def on_weighed(self, number, traced, *value):
        weight = {"traced": 0, "peak": 0, "pss": own_pss() - self.clocks[number]}
        if traced:
            import tracemalloc

            weight["traced"], weight["peak"] = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        weight["own"] = _getsizeof(value[0]) if value else None
        self.told[number] = count = self.told.get(number, 0) + 1
        if count <= VALUES:
            self.reporter.event("weighed", expectation=number, weight=weight)

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
        return _decode(data.decode("utf-8"), 0)[0] if data else None

    def answer_aside(self, code, line, frame, writer):
        try:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 1)
            os.dup2(null, 2)
            found = None
            try:
                tree = Source(line, code, self.file, self.reporter).tree()
                _eval(_compile(tree, self.file, "exec", self.flags & ~TOP_LEVEL_AWAIT, True), frame.f_globals, frame.f_locals)
            except BaseException as error:
                found = describe_exception(self.reporter, error, self.unit["guide"])
            body = "".join(_encode({"exception": found}, 0)).encode("utf-8", "replace")
            while body:
                body = body[_os_write(writer, body) :]
        finally:
            _leave(0)

    # Parts

    def before(self):
        """What stands before the snippet, with both outputs thrown away."""
        kept = [os.dup(1), os.dup(2)]
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.close(null)
        try:
            for text in self.unit["prelude"]:
                try:
                    _eval(_compile(text, "<prelude>", "exec", 0, True), self.namespace)
                except Exception:
                    pass
            for part in self.unit["context"]:
                yield from self.run_part(part, [], False)
        finally:
            flush_streams()
            for number, copy in enumerate(kept, 1):
                os.dup2(copy, number)
                os.close(copy)

    def run(self):
        """Yields code, and is sent the exception that stopped it.

        So no frame of this stands below those of the snippet but the one that runs the code.
        """
        if self.unit["prelude"] or self.unit["context"]:
            yield from self.before()
        self.reporter.recording = True
        self.reporter.send("begun", None)
        for fields in self.before_it:
            self.reporter.event("stopped", **fields)
        yield from self.run_part(self.unit["code"], self.unit["watches"], True)
        if self.unit["calls"]:
            self.reporter.event("calling")
        for part in self.unit["calls"]:
            yield from self.run_part(part, [], True)

    def run_part(self, part, watches, judged):
        code = error = None
        if not watches and not self.needs_trees:
            quiet, muted = self.quiet, self.reporter.muted
            muted[_ident()] = quiet
            code = compiled_text(part, self.file, self.flags)
            del muted[_ident()]
            if quiet.swallowed:  # a warning: it is told when the code runs
                quiet.swallowed, code = False, None
        if code is not None:
            error = yield code
            if error is None:
                return
        source = Source(part["first"], part["code"], self.file, self.reporter)
        last = part["first"] + part["code"].rstrip("\n").count("\n")
        try:
            tree = source.tree()
            with Muted(self.reporter):  # what the compiler warns of is told when the code runs
                _compile(tree, self.file, "exec", self.flags, True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as refusal:
            with Muted(self.reporter):
                source = source.leading(self.flags)
            if judged:
                self.stopped(part["first"], last, refusal)
            if source is None:
                return
            tree = source.tree()
        steps = Block(self, tree, source, Watcher(tree, source, watches), judged).run(code, error)
        code = error = None  # what it holds is to go as soon as it would without us
        yield from steps

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
                error.__traceback__ = own_trace(error.__traceback__, self.file)
                sys.excepthook(_type(error), error, error.__traceback__)
            elif _isinstance(sys.stderr, io.TextIOWrapper):
                _text_write(sys.stderr, text)
                _text_flush(sys.stderr)
            elif sys.stderr is not None:
                sys.stderr.write(text)
        except Exception:
            pass
