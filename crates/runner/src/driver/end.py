# The end of a run, as Python ends, and the way in.


def compile_at(text, file, line):
    """Code that says of each part of it that it stands on this line."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            node.lineno = node.end_lineno = line
    return compile(tree, file, "exec", 0, True)


# What is let go at the end may warn of it: Python tells this as the place then, and can import no more.
NOWHERE = ("<sys>", 0) if sys.version_info >= (3, 13) else ("sys", 1)
LET_GO = compile_at(
    'modules.update(tracemalloc=None); modules.pop("__main__", None); own.update(namespace=None); collect()',
    *NOWHERE,
)


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
    names = {"modules": sys.modules, "own": runner.__dict__, "collect": gc.collect, "__name__": "sys"}
    guarded(lambda: _eval(LET_GO, names))
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


def main(text, *_):
    """Runs the work unit that `text` describes and leaves the process.

    The snippet's code is called from here, so that this is the only frame that stands below it.
    """
    unit = _decode(text)
    code = 1
    try:
        # What is there already is nothing that the snippet's own collections should look at.
        gc.collect()
        gc.freeze()
        runner = Runner(unit)
        make_room(runner)
        left = error = step = None
        steps = runner.run()
        try:
            while True:
                step = steps.send(error)
                error = None
                try:
                    step = _eval(step, runner.namespace)
                    if step is not None:  # the coroutine of code that awaits
                        import asyncio

                        asyncio.run(step)
                except BaseException as caught:
                    error = caught
        except StopIteration:
            code = 0
        except Leave as end:
            code, left = end.code, end.left
        error = step = None
        if not unit["first_only"]:
            wind_up(runner)
        finish(runner.reporter, code, left)
    finally:
        _leave(code)


def make_room(runner):
    """Makes the process what `python file.py` finds when it begins."""
    unit, reporter = runner.unit, runner.reporter
    sys.excepthook = sys.__excepthook__
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        sys.__dict__.pop(name, None)
    sys.stdout = sys.__stdout__ = make_stream(reporter, 1, "<stdout>", "strict")
    sys.stderr = sys.__stderr__ = make_stream(reporter, 2, "<stderr>", "backslashreplace")
    sys.argv = [unit["file"]]
    if hasattr(sys, "orig_argv"):  # from 3.10 on
        sys.orig_argv = [sys.executable, unit["file"]]
    sys.path[0] = unit["folder"]  # instead of the driver's own folder
    give_way(unit)
    if unit["watches"]:
        setattr(builtins, HOOK, runner.hook)
    _thread.stack_size(THREAD_STACK)


def give_way(unit):
    """A file of the guide is not there where its name is that of a module that is installed."""
    finder = sys.modules["_frozen_importlib_external"].PathFinder
    for name in unit["files"]:
        module = name[:-3].split("/")[0]
        found = finder.find_spec(module, sys.path[1:])
        if found is not None and found.loader is not None:
            os.unlink(os.path.join(unit["folder"], name))


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


def rehearse(text):
    """Does in the process that will be forked what each copy of it does.

    What Python makes at the first use is there in the copies then, and they need not make it anew, each in
    memory of its own.
    """
    unit = _decode(text)
    os.environ.clear()
    os.environ.update(unit["environment"])
    # The folder for the user's own packages is one of the home that snippets have.
    site = sys.modules["site"]
    site.USER_BASE = site.USER_SITE = None
    site.getusersitepackages()
    sys.path.insert(0, "")  # where the snippet's folder will be
    with open(os.devnull, "wb", 0) as null:
        unit["results"] = null.fileno()
        runner = Runner(unit)
        make_room(runner)
        for step in runner.run():
            _eval(step, runner.namespace)
        flush_streams()
    delattr(builtins, HOOK)
    sys.path_importer_cache.pop(unit["folder"], None)


if AS_PROGRAM:
    with open(sys.argv[1], "rb") as _task:
        _given = _task.read().decode("utf-8")
    for _trace in sys.argv[:2]:
        os.unlink(_trace)
    # Python calls this when the module is done, with no frame of the module below it.
    sys.excepthook = main.__get__(_given)
    raise Exception
