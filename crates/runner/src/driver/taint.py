# Which statements may still run after one that an exception stopped.


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
