# Two pieces of code against each other: each is run again and again, in turns, for long enough to be timed.

import ast
import itertools
import json
import time

# A turn takes this many seconds at least.
TURN = 0.01
# What takes longer is not run a second time just to see whether it does the same.
LONG = 0.5
# What takes less is too short to tell by one run.
SHORT = 0.0001


def repeated(text, space):
    """A function that runs `text` so many times, and one that gives the value that it makes."""
    tree = ast.parse("def run(turns):\n    for __turn in turns: pass\ndef value(): pass")
    run, value = tree.body
    run.body[0].body = ast.parse(text).body
    value.body = ast.parse(text).body
    value.body.extend(result(value.body))
    try:
        exec(compile(ast.fix_missing_locations(tree), "contest", "exec"), space)
        made = space["run"], space["value"]
        made[1]()
    except UnboundLocalError:
        # It changes what is there already.
        names = sorted({one.id for one in ast.walk(value) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)})
        for function in (run, value):
            function.body.insert(0, ast.Global(names=names))
        exec(compile(ast.fix_missing_locations(tree), "contest", "exec"), space)
        made = space["run"], space["value"]
    finally:
        space.pop("run", None)
        space.pop("value", None)
    return made


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
            made = [repeated(text, space) for text in (base, other, base)]
            values = [value() for _, value in made[:2]]
            once = [seconds(run, 1) for run, _ in made[:2]]
            again = [took if took > LONG else seconds(run, 1) for took, (run, _) in zip(once, made)]
            told["same"] = same(*values)
            told["changes"] = any(first > SHORT and second < first / 10 for first, second in zip(once, again))
            counts = [enough(run, took) for took, (run, _) in zip(again, made)]
            told["base"], told["other"] = counts
            self.turns = [(run, count) for (run, _), count in zip(made, counts + counts[:1])]
        except Exception as error:
            told["error"] = "%s: %s" % (type(error).__name__, error)
        print("\n" + json.dumps(told))

    def turn(self, which):
        run, count = self.turns[which]
        run(itertools.repeat(None, count))
