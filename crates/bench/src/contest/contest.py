# Two pieces of code against each other: each is run again and again, in turns, for long enough to be timed.

import ast
import itertools
import json
import time

# A turn takes this many seconds at least.
TURN = 0.01
# What takes longer is not run a second time just to see whether it does the same.
LONG = 0.5
# What takes less the first time may have filled caches then.
SHORT = 0.005


def repeated(text, space):
    """A function that runs `text` so many times, the value that it makes, and the seconds that took."""
    tree = ast.parse("def run(turns):\n    for __turn in turns: pass\ndef value(): pass")
    run, value = tree.body
    run.body[0].body = ast.parse(text).body
    value.body = ast.parse(text).body
    value.body.extend(result(value.body))
    try:
        return made(tree, space)
    except UnboundLocalError:
        # It changes what is there already.
        names = sorted({one.id for one in ast.walk(value) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)})
        for function in (run, value):
            function.body.insert(0, ast.Global(names=names))
        return made(tree, space)


def made(tree, space):
    try:
        exec(compile(ast.fix_missing_locations(tree), "contest", "exec"), space)
        run, value = space["run"], space["value"]
    finally:
        space.pop("run", None)
        space.pop("value", None)
    start = time.process_time()
    found = value()
    return run, found, time.process_time() - start


def result(body):
    """What stands for the value of some statements: that of the last expression, or of the last name that got one."""
    if isinstance(body[-1], ast.Expr):
        return [ast.Return(body.pop().value)]
    names = [
        target.id
        for one in body
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    ]
    return [ast.Return(ast.Name(names[-1], ast.Load()))] if names else []


def same(one, other):
    """Whether two values are the same; nothing where that cannot be told."""
    if one is None or other is None or hasattr(one, "__next__") or hasattr(other, "__next__"):
        return None
    if type(one) is not type(other) and bool in (type(one), type(other)):
        return bool(one) == bool(other)
    try:
        equal = one == other
        return bool(equal.all()) if hasattr(equal, "all") else bool(equal)
    except Exception:
        return None


def seconds(run, count):
    """Seconds of the processor, which others on the machine do not add to."""
    start = time.process_time()
    run(itertools.repeat(None, count))
    return time.process_time() - start


def enough(run, once):
    count = 1
    start = time.perf_counter()
    # What waits uses no processor.
    while once < TURN and seconds(run, count) < TURN and time.perf_counter() - start < LONG:
        count *= 2
    return count


class Contest:
    def __init__(self, base, other, space):
        """Tells how often each runs in a turn, on a line of its own."""
        told = {"base": 0, "other": 0, "same": None, "changes": False, "error": None}
        try:
            both = [repeated(text, space) for text in (base, other)]
            runs = [run for run, _, _ in both]
            first = [took for _, _, took in both]
            again = [took if took > LONG else seconds(run, 1) for run, took in zip(runs, first)]
            told["same"] = same(both[0][1], both[1][1])
            told["changes"] = any(one > SHORT and more < one / 10 for one, more in zip(first, again))
            counts = [enough(run, took) for run, took in zip(runs, again)]
            told["base"], told["other"] = counts
            control, _, _ = repeated(base, space)
            self.turns = list(zip(runs + [control], counts + counts[:1]))
        except Exception as error:
            told["error"] = "%s: %s" % (type(error).__name__, error)
        print("\n" + json.dumps(told))

    def turn(self, which):
        run, count = self.turns[which]
        run(itertools.repeat(None, count))
