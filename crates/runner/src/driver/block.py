# Runs the top-level statements of a part, as one unit as far as they go.


def folded_constants(text, code, tree):
    """Constants that the compiler made out of others.

    Python keeps what it made a file's code from until the file has run (up to 3.13), and with it one more
    reference to each; `sys.getrefcount` of a literal shows that.
    """
    if sys.version_info >= (3, 14) or "getrefcount" not in text:
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
        self.echoed = watcher.echoed
        self.futures = 0
        for statement in self.statements:
            if _is_future(statement):
                import __future__

                for alias in statement.names:
                    feature = _getattr(__future__, alias.name, None)
                    self.futures |= feature.compiler_flag if feature else 0

    def run(self, code, error):
        """Runs what is left to run: all, or what stands behind the statement of `code` that `error` came out of."""
        at_once = not self.runner.unit["by_statement"]
        index, count = 0, _len(self.statements)
        if error is not None:
            failed = self.ended(error, code, range(count))
            index = count if failed is None else failed + 1
            code = error = None
        while index < count:
            chosen = [n for n in range(index, count) if self.may_run(n)] if at_once else [index]
            if not at_once and not self.may_run(index):
                chosen = []
            failed = (yield from self.attempt(chosen)) if chosen else None
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
        module, mode = ast.Module(body=body, type_ignores=[]), "exec"
        if runner.unit["by_statement"] and any(id(self.statements[n]) in self.echoed for n in chosen):
            module, mode = ast.Interactive(body=body), "single"
        code = None
        try:
            code = _compile(module, runner.file, mode, runner.flags | self.futures, True)
        except Exception as failure:
            error = failure
        else:
            runner.trees.append((module, folded_constants(self.source.code, code, module)))
            error = yield code
        if error is None:
            return None
        return self.ended(error, code, chosen)

    def ended(self, error, code, chosen):
        """What comes of an exception; the index of the statement that it stopped, if the run goes on."""
        if _isinstance(error, SystemExit):
            if not self.judged:
                return None
            left = self.locate(error, code, chosen)
            raise Leave(exit_code(error), (left, _len(self.statements) - 1 - left, self.lines(left)["first"]))
        failed = self.locate(error, code, chosen)
        self.stop(failed, error)
        if _getpid() != self.runner.reporter.process:
            raise Leave(1, None)  # a copy that the snippet made of its process ends here
        return failed

    def stop(self, failed, error):
        lines = self.lines(failed)
        if self.judged:
            self.runner.stopped(lines["first"], lines["last"], error)
        else:
            self.runner.stopped_before(lines, error)
        announced = id(self.statements[failed]) in self.announced
        if announced and self.runner.unit["by_statement"]:
            return  # a prompt goes on with what is there, and the guide shows that it does
        if self.taint is None:
            flags = self.runner.flags | self.futures
            with Muted(self.runner.reporter):
                # Read again: the names are those of the code, not of the hooks in it.
                statements = self.source.tree().body
                self.taint = Taint(statements, self.runner.file, flags, self.runner.namespace)
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
