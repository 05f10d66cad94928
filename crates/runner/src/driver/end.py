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


def end_the_rest(reporter):
    """Waits for threads and calls what was registered for the end, where there is any of either."""
    if _threads() == 0 and _callbacks() == 0:
        return
    threading = sys.modules.get("threading")
    if threading is not None:
        me = threading.current_thread()
        waiting = [t.name for t in threading.enumerate() if t is not me and not t.daemon]
        if waiting:
            reporter.send("waiting", ", ".join(_str(name) for name in waiting[:5]))
        guarded(threading._shutdown)
    try:
        atexit._run_exitfuncs()
    except BaseException:
        pass  # told already; before 3.10 the last one comes out as well


def let_go(runner):
    """Lets the snippet's objects go."""
    flush_streams()
    runner.trees.clear()
    names = {"modules": sys.modules, "own": runner.__dict__, "collect": gc.collect, "__name__": "sys"}
    guarded(_eval, LET_GO, names)
    flush_streams()


def guarded(call, *given):
    try:
        call(*given)
    except SystemExit:
        pass
    except BaseException:
        try:
            sys.excepthook(*_exc_info())
        except Exception:
            pass


def main(text, *_, leave=_leave):
    """Runs the work unit that `text` describes and leaves the process.

    The snippet's code is called from here, so that this is the only frame that stands below it.
    """
    unit, _ = _decode(text, 0)
    code = 1
    try:
        if put_off:
            reseed()
            at_fork[:] = put_off
        runner = ready or make_ready(unit)
        # What is there already is nothing that the snippet's own collections should look at.
        _freeze()
        runner.take(unit, text)
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
            end_the_rest(runner.reporter)
            let_go(runner)
        finish(runner.reporter, code, left)
    finally:
        leave(code)


def make_ready(unit):
    """Makes the process what `python file.py` finds when it begins, and what runs one unit in it."""
    runner = Runner(unit["file"])
    sys.excepthook = sys.__excepthook__
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        sys.__dict__.pop(name, None)
    sys.stdout = sys.__stdout__ = make_stream(runner.reporter, 1, "<stdout>", "strict")
    sys.stderr = sys.__stderr__ = make_stream(runner.reporter, 2, "<stderr>", "backslashreplace")
    sys.argv = [unit["file"]]
    if hasattr(sys, "orig_argv"):  # from 3.10 on
        sys.orig_argv = [sys.executable, unit["file"]]
    sys.path[0] = unit["folder"]  # instead of the driver's own folder
    _thread.stack_size(THREAD_STACK)
    gc.collect()
    return runner


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


if AS_PROGRAM:
    with open(sys.argv[1], "rb") as _task:
        _given = _task.read().decode("utf-8")
    for _trace in sys.argv[:2]:
        os.unlink(_trace)
    os.set_inheritable(_decode(_given, 0)[0]["results"], False)  # programs that the snippet starts have no part in it
    # Python calls this when the module is done, with no frame of the module below it.
    sys.excepthook = main.__get__(_given)
    raise Exception
