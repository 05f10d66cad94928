# The text of a part at its place in the guide, and the tree that it parses to.


class Source:
    """Code whose first line is a line of the guide; what it costs to parse does not depend on which."""

    def __init__(self, first, code, file, reporter):
        self.first, self.code = first, code
        self.file, self.reporter = file, reporter
        self.rows = code.split("\n")

    def line(self, number):
        """A line of the guide, as far as it is one of the code."""
        row = number - self.first
        return self.rows[row] if 0 <= row < _len(self.rows) else ""

    def tree(self):
        """The tree, with the guide's lines; raises and warns as the compiler does of a whole file."""
        above = self.first - 1
        if above <= PADDING:
            return self.parse(above)
        quiet, tree = Muted(self.reporter), None
        try:
            with quiet:
                tree = self.parse(0)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
        if tree is None or quiet.swallowed:
            return self.parse(above)  # errors and warnings speak of lines as well
        return ast.increment_lineno(tree, above)

    def parse(self, above):
        return _compile("\n" * above + self.code, self.file, "exec", ast.PyCF_ONLY_AST, True)

    def leading(self, flags):
        """The statements above the first error; nothing when there are none."""
        end = _len(self.rows)
        for _ in range(400):
            text = "\n".join(self.rows[:end])
            try:
                tree = _compile(text, self.file, "exec", ast.PyCF_ONLY_AST, True)
                _compile(tree, self.file, "exec", flags, True)
                return Source(self.first, text, self.file, self.reporter) if tree.body else None
            except SyntaxError as error:
                end = min(end, error.lineno or end) - 1
            except (ValueError, RecursionError, MemoryError):
                end -= 1
            while end > 0 and not begins_statement(self.rows, end):
                end -= 1
            if end <= 0:
                return None
        return None


def compiled_text(part, file, flags):
    """What the compiler makes of a part's text at once; nothing where it does not take it."""
    above = part["first"] - 1
    padding = above if above <= PADDING else 0
    try:
        code = _compile("\n" * padding + part["code"], file, "exec", flags, True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return moved_down(code, above - padding) if padding < above else code


def moved_down(code, lines):
    """The same code so many lines further down."""
    inner = [moved_down(one, lines) if hasattr(one, "co_consts") else one for one in code.co_consts]
    return code.replace(co_firstlineno=code.co_firstlineno + lines, co_consts=tuple(inner))


def begins_statement(lines, count):
    """Whether a cut before line `count` (0-based) is one between top-level statements."""
    if count >= _len(lines):
        return True
    line = lines[count]
    if not line or line[0] in " \t)]}#\r":
        return False
    return not line.startswith(("else", "elif", "except", "finally"))
