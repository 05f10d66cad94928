# What runs on the nodes of a cluster: keeps a `snipcheck worker` in each process that Ray starts there, and gives it
# one batch of units after the other. It knows neither what a unit is nor what came of one: both are lines.

import os
import shutil
import subprocess
import sys
import tempfile
import time
import types
import zlib

# No unit is begun after the time of a batch; so many lie ahead of the one that runs, lest the worker waits.
FEWEST_AHEAD, MOST_AHEAD = 2, 64
# Units that go on for this long together are given at once.
AHEAD_SECONDS = 0.05
# Outcomes are looked for no more often than that, where they come quickly.
LOOK_SECONDS = 0.01
# How many workers a process keeps: one for each way of running units.
MOST_WORKERS = 8


class Gone(Exception):
    """A worker ended before it had answered; the message is what it said."""

    def __init__(self, said, code):
        # Ray takes it apart and puts it together again.
        super().__init__(said, code)
        self.said, self.code = said, code

    def __str__(self):
        return self.said


def located(program):
    """The command of snipcheck on this node with what it needs in its environment, or nothing where it is not here."""
    shipped = os.path.join(os.getcwd(), program["ship"])
    if program["module"]:
        return located_module(program, shipped)
    if is_same(program["file"], program):
        return [program["file"]], library_path()
    if was_shipped(shipped, program):
        return [shipped], library_path()
    found = shutil.which("snipcheck")
    if found and version_of([found]) == program["version"]:
        return [found], library_path()
    return None


def located_module(program, shipped):
    if is_same(program["file"], program) and os.access(program["python"], os.X_OK):
        return [program["python"], "-m", "snipcheck"], {}
    inside = os.path.join(shipped, os.path.basename(program["file"]))
    if was_shipped(inside, program):
        return [sys.executable, "-m", "snipcheck"], {"PYTHONPATH": os.path.dirname(shipped)}
    if version_of([sys.executable, "-m", "snipcheck"]) == program["version"]:
        return [sys.executable, "-m", "snipcheck"], {}
    return None


def is_same(path, program):
    """Whether the file is the one that the broker is made of."""
    return was_shipped(path, program) and abs(os.stat(path).st_mtime - program["modified"]) <= 2


def was_shipped(path, program):
    """Whether the file is the one that the broker is made of, in a folder which Ray filled: times are not kept there."""
    return os.path.isfile(path) and os.path.getsize(path) == program["bytes"]


def version_of(command):
    try:
        said = subprocess.run(command + ["--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip().rpartition(" ")[2] if said.returncode == 0 else None


def library_path():
    """A snipcheck that is linked with a libpython may find that of the Python which Ray runs in."""
    import sysconfig

    library = sysconfig.get_config_var("LIBDIR") or ""
    known = [path for path in os.environ.get("LD_LIBRARY_PATH", "").split(":") if path]
    return {"LD_LIBRARY_PATH": ":".join(known + [library])} if os.path.isdir(library) else {}


class Worker:
    """A `snipcheck worker`, and the line in which it said what it runs units with."""

    def __init__(self, command, more, arguments):
        self.complaints = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command + arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            env={**os.environ, **more},
            bufsize=0,
        )
        self.begun = b""
        ready = self.lines()
        # What is behind the first line cannot be there before a unit was given.
        self.ready = ready[0].decode()

    def lines(self):
        """The lines that came since, at least one."""
        while True:
            text = os.read(self.process.stdout.fileno(), 1 << 20)
            if not text:
                raise self.gone()
            *whole, self.begun = (self.begun + text).split(b"\n")
            if whole:
                return whole

    def gone(self):
        code = self.process.wait()
        self.complaints.seek(0)
        said = self.complaints.read().decode(errors="replace").strip()
        return Gone(said or f"it ended with {code}", code)

    def run(self, units, seconds):
        """The outcomes of the units that were begun in this time, in their order, and why it ended if it did."""
        start = time.monotonic()
        outcomes, given, ahead = [], 0, FEWEST_AHEAD
        try:
            while True:
                now = time.monotonic()
                most = min(len(units), len(outcomes) + ahead)
                # The first ones are begun in any case: a batch always comes to something.
                if given < most and (now - start < seconds or given == 0):
                    self.process.stdin.write(b"".join(line + b"\n" for line in units[given:most]))
                    given = most
                if given == len(outcomes):
                    return outcomes, None
                outcomes += self.lines()
                rate = len(outcomes) / (time.monotonic() - start)
                ahead = max(FEWEST_AHEAD, min(MOST_AHEAD, int(rate * AHEAD_SECONDS)))
                if ahead > FEWEST_AHEAD and given - len(outcomes) > 0:
                    time.sleep(LOOK_SECONDS)
        except BrokenPipeError:
            return outcomes, str(self.gone())
        except Gone as why:
            return outcomes, str(why)

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.complaints.close()


def kept():
    """What lasts from one batch to the next in this process, wherever this code came from."""
    if "_snipcheck_node" not in sys.modules:
        state = sys.modules["_snipcheck_node"] = types.ModuleType("_snipcheck_node")
        state.workers, state.ended, state.found = {}, None, None
    return sys.modules["_snipcheck_node"]


def found(program):
    """What `located` says, which may take longer than a batch."""
    state = kept()
    state.found = state.found or located(program)
    return state.found


def do(program, arguments, seconds, units):
    """What came of a batch, as it travels: a head, and lines. It raises nothing where it is snipcheck that will not."""
    state = kept()
    pause = 0.0 if state.ended is None else time.monotonic() - state.ended
    name = os.uname().nodename
    head = {"name": name, "pause": pause, "spent": 0.0, "died": None}
    if found(program) is None:
        return {**head, "lacking": True}, b""
    key = tuple(arguments)
    worker = state.workers.pop(key, None)
    if worker is None:
        while len(state.workers) >= MOST_WORKERS:
            state.workers.pop(next(iter(state.workers))).end()
        try:
            worker = Worker(*found(program), arguments)
        except Gone as why:
            if why.code < 0:
                # Somebody killed it, which says nothing of the node.
                raise
            return {**head, "refused": str(why)}, b""
        except OSError as why:
            return {**head, "refused": str(why)}, b""
    start = time.monotonic()
    outcomes, head["died"] = worker.run(units, seconds)
    end = time.monotonic()
    head["spent"] = end - start
    if units:
        state.ended = end
    if head["died"] is None:
        state.workers[key] = worker
    return head, zlib.compress(b"\n".join([worker.ready.encode(), *outcomes]), 1)


def look(program, arguments):
    """What snipcheck prints on this node: nothing where it fails, and None where it is not there."""
    if found(program) is None:
        return None
    command, more = found(program)
    said = subprocess.run(command + arguments, capture_output=True, env={**os.environ, **more}, timeout=120)
    return said.stdout if said.returncode == 0 else b""
