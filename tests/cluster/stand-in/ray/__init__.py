"""A stand-in for Ray, with as much of it as snipcheck's driver calls, and faults on request.

A node is a process of this machine that does one thing at a time. What goes wrong is said in the environment, and
each thing that goes wrong once is noted in the folder STAND_IN, so that a driver that is started again knows. A dot
is added to the file `tasks` in there for each task.

  STAND_IN_NODES=2            how many nodes there are
  STAND_IN_POISON=TEXT        a node's process ends when it is given something that contains TEXT
  STAND_IN_NODE_DIES=5        a node is gone, with what it does, at the fifth task; another one comes
  STAND_IN_HEAD_DIES=5        the cluster is gone, and this process with it, at the fifth task
  STAND_IN_HEAD_STAYS_AWAY=1  and nobody can connect to it any more
  STAND_IN_LATE=2             the server makes no place for the first two who ask
  STAND_IN_PROGRAM=FILE       the last node has this program instead of snipcheck
  STAND_IN_LACKING=1          nodes have no snipcheck but what is shipped to them
"""
import concurrent.futures
import os
import pathlib
import pickle
import queue
import shutil
import struct
import tempfile
import threading

from . import exceptions

__version__ = "0.0.stand-in"

_functions = []
_nodes = []
_tasks = queue.Queue()
_count = 0
_lock = threading.Lock()


def _once(what):
    """Whether this has not happened yet; from now on it has."""
    try:
        (pathlib.Path(os.environ["STAND_IN"]) / what).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _has_happened(what):
    return (pathlib.Path(os.environ["STAND_IN"]) / what).exists()


class _Node:
    made = 0

    def __init__(self):
        _Node.made += 1
        self.id = f"{_Node.made:06}{os.getpid():06}"
        self.name = f"node-{_Node.made}"
        self.alive = True
        self.own = queue.Queue()
        self.process = None
        program = os.environ.get("STAND_IN_PROGRAM")
        self.program = program if _Node.made == int(os.environ.get("STAND_IN_NODES", 1)) else None
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while self.alive:
            try:
                task = self.own.get_nowait()
            except queue.Empty:
                try:
                    task = _tasks.get(timeout=0.02)
                except queue.Empty:
                    continue
            self.do(*task)
        if self.process:
            self.stop()

    def do(self, number, arguments, future):
        global _count
        with _lock:
            _count += 1
            count = _count
        with open(pathlib.Path(os.environ["STAND_IN"]) / "tasks", "a") as tasks:
            tasks.write(".")
        if str(count) == os.environ.get("STAND_IN_HEAD_DIES") and _once("head-died"):
            os._exit(1)
        if str(count) == os.environ.get("STAND_IN_NODE_DIES") and _once("node-died"):
            self.alive = False
            _nodes.append(_Node())
            future.set_exception(exceptions.NodeDiedError("the node is dead"))
            return
        if os.environ.get("STAND_IN_LACKING"):
            arguments = ({**arguments[0], "file": "/nowhere/snipcheck"}, *arguments[1:])
        if self.program:
            about = os.stat(self.program)
            arguments = ({**arguments[0], "file": self.program, "bytes": about.st_size, "modified": about.st_mtime},
                         *arguments[1:])
        if self.process is None:
            self.start()
        to, back, _ = self.process
        text = pickle.dumps((number, arguments))
        try:
            os.write(to, struct.pack("Q", len(text)))
            for at in range(0, len(text), 1 << 15):
                os.write(to, text[at:at + (1 << 15)])
            size = _read(back, 8)
            fine, result = pickle.loads(_read(back, struct.unpack("Q", size)[0]))
        except (EOFError, BrokenPipeError):
            self.stop()
            future.set_exception(exceptions.WorkerCrashedError("the worker died"))
            return
        if fine:
            future.set_result(result)
        else:
            future.set_exception(result)

    def start(self):
        (here, to), (back, there) = os.pipe(), os.pipe()
        pid = os.fork()
        if pid == 0:
            # With Ray it is another program, which has nothing of the driver's open.
            os.dup2(here, 0)
            os.dup2(there, 1)
            os.closerange(3, 1024)
            here, there = os.dup(0), os.dup(1)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            _serve(here, there)
        os.close(here)
        os.close(there)
        self.process = (to, back, pid)

    def stop(self):
        to, back, pid = self.process
        self.process = None
        os.close(to)
        os.close(back)
        os.waitpid(pid, 0)


def _serve(here, there):
    """What a node's process does: function after function."""
    poison = os.environ.get("STAND_IN_POISON")
    while True:
        try:
            number, arguments = pickle.loads(_read(here, struct.unpack("Q", _read(here, 8))[0]))
        except EOFError:
            os._exit(0)
        units = [one for one in arguments[-1] if isinstance(one, bytes)]
        if poison and any(poison.encode() in unit for unit in units):
            os._exit(1)
        try:
            said = (True, _functions[number](*arguments))
        except Exception as error:
            said = (False, RuntimeError(str(error)))
        text = pickle.dumps(said)
        os.write(there, struct.pack("Q", len(text)))
        for at in range(0, len(text), 1 << 15):
            os.write(there, text[at:at + (1 << 15)])


def _read(pipe, size):
    text = b""
    while len(text) < size:
        more = os.read(pipe, size - len(text))
        if not more:
            raise EOFError
        text += more
    return text


class _Reference:
    def __init__(self):
        self.result = concurrent.futures.Future()

    def future(self):
        return self.result


class _Remote:
    def __init__(self, number, node=None):
        self.number, self.node = number, node

    def options(self, scheduling_strategy=None, num_cpus=1):
        return _Remote(self.number, scheduling_strategy and scheduling_strategy.node_id)

    def remote(self, *arguments):
        reference = _Reference()
        task = (self.number, arguments, reference.result)
        if self.node:
            found = [node for node in _nodes if node.id == self.node and node.alive]
            if found:
                found[0].own.put(task)
            else:
                reference.result.set_exception(exceptions.NodeDiedError("no such node"))
        else:
            _tasks.put(task)
        return reference


def init(address, logging_level, log_to_driver, runtime_env=None):
    if os.environ.get("STAND_IN_HEAD_STAYS_AWAY") and _has_happened("head-died"):
        raise ConnectionError("nobody listens there")
    if any(_once(f"late-{attempt}") for attempt in range(int(os.environ.get("STAND_IN_LATE", 0)))):
        raise ConnectionAbortedError("Initialization failure from server:\nTraceback\nRuntimeError: not yet")
    if runtime_env:
        # Ray unpacks it elsewhere.
        place = tempfile.mkdtemp(dir=os.environ["STAND_IN"])
        # As Ray does it, with the time of now.
        os.chdir(shutil.copytree(runtime_env["working_dir"], place, copy_function=shutil.copy, dirs_exist_ok=True))
    for _ in range(int(os.environ.get("STAND_IN_NODES", 1))):
        _nodes.append(_Node())


def remote(num_cpus, max_retries):
    def wrapped(function):
        _functions.append(function)
        return _Remote(len(_functions) - 1)

    return wrapped


def get(references, timeout):
    return [reference.result.result(timeout) for reference in references]


def nodes():
    return [
        {"NodeID": node.id, "NodeManagerHostname": node.name, "Alive": node.alive, "Resources": {"CPU": 1.0}}
        for node in _nodes
    ]


def shutdown():
    for node in _nodes:
        node.alive = False
    _nodes.clear()
