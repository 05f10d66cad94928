# What runs beside the broker, in a Python that has Ray: passes batches of units on to a cluster and tells the broker
# what came of them. Heads are lines of JSON; the lines of units and outcomes that follow a head are passed on unread.
# It knows nothing of snippets, and decides nothing: what is done with a batch that was lost is the broker's business.

import json
import threading
from tempfile import TemporaryDirectory

# How often the nodes are counted.
COUNT_SECONDS = 1
# How long a node may take to say whether snipcheck is there.
LOOK_PATIENCE = 120
# How often a server that is there is asked for a place, and seconds between.
ATTEMPTS, BETWEEN_SECONDS = 3, 2
# How long a goodbye may take.
GOODBYE_SECONDS = 5


class Broker:
    """The other end of the pipes."""

    def __init__(self):
        self.orders = os.fdopen(os.dup(0), "rb")
        self.answers = os.fdopen(os.dup(1), "wb")
        # What Ray prints is for people.
        os.dup2(2, 1)
        self.lock = threading.Lock()

    def say(self, kind, lines=(), **what):
        head = json.dumps({kind: {**what, "lines": len(lines)}}).encode()
        with self.lock:
            self.answers.write(b"\n".join([head, *lines]) + b"\n")
            self.answers.flush()

    def hear(self):
        """The next order: its kind, what it says and its lines; no kind at the end."""
        line = self.orders.readline()
        if not line:
            return None, {}, []
        ((kind, order),) = json.loads(line).items()
        return kind, order, [self.orders.readline().rstrip(b"\n") for _ in range(order.get("lines", 0))]


class Cluster:
    """The cluster, as long as it is there."""

    def __init__(self, address, program, ship):
        self.program = program
        self.local = None
        self.settings = dict(logging_level="error", log_to_driver=False)
        if ship:
            self.folder = TemporaryDirectory()
            wrap(program, os.path.join(self.folder.name, program["ship"]))
            self.settings["runtime_env"] = {"working_dir": self.folder.name}
        if address.startswith("local:"):
            # One core a node, as if each were a small machine of its own.
            from ray.cluster_utils import Cluster as Local

            self.local = Local()
            for _ in range(int(address.removeprefix("local:"))):
                self.local.add_node(num_cpus=1, include_dashboard=False)
            address = self.local.address
        begin(address, self.settings)
        self.do = ray.remote(num_cpus=1, max_retries=0)(do)
        # Asking takes no core, so that it need not wait for one.
        self.look = ray.remote(num_cpus=0, max_retries=0)(look)

    def nodes(self):
        """The nodes that have a core for snippets."""
        return [
            {
                "id": node["NodeID"],
                "name": node["NodeManagerHostname"],
                "cores": int(node["Resources"].get("CPU", 0)),
            }
            for node in ray.nodes()
            if node["Alive"] and node["Resources"].get("CPU", 0) >= 1
        ]

    def ask(self, arguments):
        """What snipcheck prints on each node, None where it is not there or fails."""
        asked = [self.look.options(**on(node["id"])).remote(self.program, arguments) for node in self.nodes()]
        return ray.get(asked, timeout=LOOK_PATIENCE)

    def run(self, broker, batch, units):
        start = time.monotonic()
        number = batch["number"]
        # A question to a node need not wait until a core is free.
        options = {**on(batch["node"]), "num_cpus": 0} if batch["node"] else {}
        task = self.do.options(**options).remote(self.program, batch["arguments"], batch["seconds"], units)

        took = time.monotonic() - start

        def tell(future):
            start = time.monotonic()
            try:
                head, packed = future.result()
            except ConnectionError as why:
                # It is not this batch that is lost.
                leave(broker, first_line(why))
            except Exception as why:
                is_node = isinstance(why, (ray.exceptions.NodeDiedError, ray.exceptions.ObjectLostError))
                broker.say("lost", number=number, why=first_line(why), node=is_node)
                return
            lines = zlib.decompress(packed).split(b"\n") if packed else []
            broker.say("done", lines, number=number, driver=took + time.monotonic() - start, **head)

        task.future().add_done_callback(tell)

    def end(self):
        ray.shutdown()
        if self.local:
            session = self.local.head_node.get_session_dir_path()
            self.local.shutdown()
            shutil.rmtree(session, ignore_errors=True)


def begin(address, settings):
    for left in reversed(range(ATTEMPTS)):
        try:
            return ray.init(address=address, **settings)
        except ConnectionAbortedError:
            # The server answers, and what it starts for each of its clients may be late.
            if left == 0:
                raise
            time.sleep(BETWEEN_SECONDS)


def wrap(program, place):
    """Puts the program, or the package that it is part of, where it is shipped from."""
    if program["module"]:
        shutil.copytree(os.path.dirname(program["file"]), place, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(program["file"], place)


def on(node):
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    return {"scheduling_strategy": NodeAffinitySchedulingStrategy(node, soft=False)}


def first_line(why):
    """The first sentence of what Ray says, which goes on with where to look for more, or of what a node raised."""
    why = getattr(why, "cause", None) or why
    lines = [line.strip() for line in str(why).splitlines() if line.strip()] or [type(why).__name__]
    # Below a heading stands a traceback, whose last line says why.
    line = lines[0] if not lines[0].endswith(":") else f"{lines[0]} {lines[-1]}"
    return line.partition(". ")[0].rstrip(".")


def connected(order):
    """A cluster on whose nodes snipcheck is, shipped there where it was missing."""
    cluster = Cluster(order["address"], order["program"], order["ship"])
    if order["ship"] or cluster.local or None not in cluster.ask(["--version"]):
        return cluster
    cluster.end()
    return Cluster(order["address"], order["program"], True)


def count(cluster, broker, known):
    """Tells of nodes that come and go, until the cluster does not answer any more."""
    while True:
        time.sleep(COUNT_SECONDS)
        try:
            nodes = cluster.nodes()
        except Exception as why:
            leave(broker, first_line(why))
        if nodes != known:
            known = nodes
            broker.say("nodes", nodes=nodes)


def leave(broker, why=None):
    if why is not None:
        broker.say("failed", why=why)
    os._exit(1 if why is not None else 0)


def main():
    # The folder that somebody happens to be in is not where Ray is looked for.
    sys.path[:] = [path for path in sys.path if path]
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    broker = Broker()
    kind, order, _ = broker.hear()
    if kind is None:
        return
    # Ray may wait for ever for a cluster that is not there.
    waited = threading.Timer(order["patience"], leave, [broker, f"it does not answer for {order['patience']:.0f} s"])
    waited.daemon = True
    waited.start()
    global ray
    try:
        import ray
        import ray.exceptions
    except ImportError as why:
        leave(broker, f"{sys.executable} has no Ray: {why}")
    try:
        cluster = connected(order)
        nodes = cluster.nodes()
    except Exception as why:
        leave(broker, first_line(why))
    waited.cancel()
    broker.say("connected", ray=ray.__version__, nodes=nodes)
    threading.Thread(target=count, args=(cluster, broker, nodes), daemon=True).start()
    while True:
        kind, order, lines = broker.hear()
        if kind is None:
            break
        try:
            if kind == "ask":
                said = [text for text in cluster.ask(order["arguments"]) if text]
                broker.say("said", [b"".join(text.splitlines()) for text in said], number=order["number"])
            else:
                cluster.run(broker, order, lines)
        except Exception as why:
            leave(broker, first_line(why))
    # Ray may wait for a cluster that is gone.
    threading.Timer(GOODBYE_SECONDS, os._exit, [0]).start()
    cluster.end()
    os._exit(0)


if __name__ == "__main__":
    main()
