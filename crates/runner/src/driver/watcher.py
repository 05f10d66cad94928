# Hooks in a module's tree, where an expectation asks what a statement does.


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


class Watcher:
    """Puts hooks into a module's tree where an expectation asks for it."""

    def __init__(self, tree, source, watches):
        self.tree = tree
        self.source = source
        self.statements = _list(all_statements(tree.body))
        self.wanted = {}
        self.at_start = []
        self.after_class = {}
        self.announced = set()
        self.echoed = set()
        for watch in watches:
            self.place(watch)

    def place(self, watch):
        lines = watch["statement"]
        kind = watch["want"]["kind"]
        if kind == "echo":
            at = range(lines["first"], lines["last"] + 1)
            self.echoed.update(id(s) for s in self.tree.body if first_line(s) in at)
        if kind == "side":
            found = self.above(lines["first"], lines["last"])
            if found is None:
                self.at_start.append(watch)
                return
        else:
            found = self.find(lines["first"], lines["last"], whole=kind in ("time", "memory"))
        if found is None or _is_future(found):
            return
        self.wanted.setdefault(id(found), []).append(watch)

    def find(self, first, last, whole=False):
        """The statement of these lines: the last innermost one among those that fill them, or the whole one."""
        exact = [s for s, _ in self.statements if first_line(s) == first and s.end_lineno == last]
        if exact:
            # Several on one line: the comment speaks of the last one; its body, when it is one line.
            return exact[0 if whole else -1]
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
        line = self.source.line(first)
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
            if kind in ("value", "echo"):
                hook, end = self.value(statement, owner, watch["expectation"])
                after.extend(hook)
                done.extend(end)
            elif kind == "side":
                after.append(self.side(watch, statement))
            elif kind == "time":
                made.insert(0, hook_call(statement, "begins", watch["expectation"]))
                done.insert(0, hook_call(statement, "ends", watch["expectation"]))
            elif kind == "memory":
                target = bound(statement)
                extra = [loaded(target)] if target is not None else []
                made.insert(0, hook_call(statement, "weighing", watch["expectation"], flag(watch, statement)))
                made.append(hook_call(statement, "weighed", watch["expectation"], flag(watch, statement), *extra))
            elif kind == "raised":
                raised.append(hook_call(statement, "raised", watch["expectation"]))
                done.append(hook_call(statement, "done", watch["expectation"]))
            else:
                done.append(hook_call(statement, "done", watch["expectation"]))
        if _is_text(statement):
            return made + after + done  # a docstring is one as long as it stands alone
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
            return [hook_call(statement, "seen", number, text)], end
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
        elif kind is ast.Delete:
            base = _getattr(statement.targets[-1], "value", None)
            around = containers(base, number) if base is not None else []
            if around:
                return [hook_call(statement, "seen", number, *around)], end
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
    base = _getattr(target, "value", None)
    changed = containers(base, number) if base is not None else []
    return hook_call(near, "seen", number, loaded(target), *changed)


def flag(watch, near):
    """Whether memory is wanted as Python counts it."""
    return located(ast.Constant(value=watch["want"]["traced"], kind=None), near)


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
        if _isinstance(call.func, ast.Attribute):
            changed.extend(containers(call.func.value, number))
        changed.extend(loaded(one) for one in call.args if _isinstance(one, ast.Name))
    statement.value = hook_value(statement, number, value, *changed)


def containers(node, number):
    """What `node` is, and what it is an item of: a comment may speak of either."""
    if is_chain(node):
        return [loaded(node)]
    if _isinstance(node, ast.Subscript):
        around = containers(node.value, number)
        key = node.slice
        if _type(key).__name__ == "Index":  # before 3.9
            key = key.value
        if around and _isinstance(key, (ast.Constant, ast.Name)):
            item = hook_value(node, number, around[0], key)
            item.args[0] = located(ast.Constant(value="item", kind=None), node)
            return [item] + containers(node.value, number)
    return []


def bound(statement):
    """What a statement binds, when that is one thing."""
    kind = _type(statement)
    if kind is ast.Assign or kind is ast.AnnAssign and statement.value:
        target = statement.targets[0] if kind is ast.Assign else statement.target
        if is_simple(target):
            return target
    return None


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
