#!/usr/bin/env python3
"""snipcheck on clusters of Ray itself, started here and damaged while it runs.

    python tests/cluster/real.py [PART ...] [--program PATH] [--snippets 4000] [--rounds 2] [--guides PATH ...]

To be run by a Python that has Ray (`pip install "ray[client]"`). Parts (all of them unless named):
  same         two nodes tell of the guides what one machine tells
  client       the same through `ray://`, with the program shipped to the nodes
  node         a node is killed and another one comes: each snippet is told once
  poison       a snippet for which Ray kills its worker again and again: it alone is given up
  head         the head of the cluster is killed: what was done is told and kept
  network      the way to a cluster elsewhere is cut: the same
  interrupted  Ctrl-C, then the same command again: only what is missing is run
Prints what was seen, and ends with 1 where something is not as it should be.
"""
import argparse
import json
import os
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

import ray
from ray.cluster_utils import Cluster

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
IN_A_GUIDE = 200
# What differs from run to run, and what only a run on a cluster has.
TIMES = {"duration_ms", "max_rss_kib", "cluster"}
PRINTED = {"stdout", "stderr", "actual"}


class Ground:
    """The folder in which a part is played."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.program = arguments.program
        self.folder = pathlib.Path(folder)

    def environment(self, **more):
        return {**os.environ, "SNIPCHECK_CACHE_DIR": str(self.folder / "cache"), **more}

    def start(self, *words, **more):
        self.output = open(self.folder / "report.json", "wb")
        return subprocess.Popen([self.program, "run", "--format", "json", *map(str, words)],
                                stdout=self.output, stderr=subprocess.PIPE, text=True, env=self.environment(**more))

    def wait(self):
        """Until the first snippets are told."""
        report = self.folder / "report.json"
        while report.stat().st_size < 10_000:
            time.sleep(0.05)

    def end(self, child):
        """The report, what was said beside it, and the exit code."""
        _, said = child.communicate(timeout=900)
        self.output.close()
        text = (self.folder / "report.json").read_text()
        return json.loads(text) if text else None, said, child.returncode

    def run(self, *words, **more):
        return self.end(self.start(*words, **more))

    def guides(self, count, body="print(sum(range({n})))  # {sum}"):
        """So many snippets, in guides of 200."""
        folder = self.folder / "guides"
        folder.mkdir(exist_ok=True)
        for first in range(0, count, IN_A_GUIDE):
            snippets = [f"```python\n{body.format(n=n, sum=n * (n - 1) // 2)}\n```\n" for n in range(first, first + IN_A_GUIDE)]
            (folder / f"{first:07}.md").write_text("\n".join(snippets))
        return folder


def cluster(nodes=2, **more):
    made = Cluster()
    for _ in range(nodes):
        made.add_node(num_cpus=1, include_dashboard=False, **more)
    return made


def with_ray():
    return ["--ray-python", sys.executable]


def check(what, holds):
    print(f"  {'ok' if holds else 'NOT OK'}: {what}", flush=True)
    check.bad += not holds


check.bad = 0


def told(said):
    """What a run said, with what a reader needs of it."""
    for line in said.splitlines():
        print(f"  | {line}", flush=True)


def counts(report):
    summary = report["summary"]
    return {key: summary[key] for key in ("snippets", "passed", "failed", "errored", "timed_out", "from_cache")}


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(one) for key, one in value.items() if key not in TIMES}
    return [without_times(one) for one in value] if isinstance(value, list) else value


def differences(one, other, place=""):
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one for found in differences(one[key], other[key], f"{place}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for i, pair in enumerate(zip(one, other)) for found in differences(*pair, f"{place}[{i}]")]
    return [] if one == other else [f"{place}: {str(one)[:150]!r} | {str(other)[:150]!r}"]


def compared(ground, guides, *words):
    """How the report of a cluster differs from one of one machine, but for snippets that differ there by themselves."""
    here = [ground.run("--no-cache", "--jobs", 2, *guides)[0] for _ in range(ground.arguments.rounds)]
    there, said, code = ground.run("--no-cache", *words, *with_ray(), *guides)
    told(said)
    print(f"  {counts(there)}, exit code {code}; {there['cluster']}")
    here, there = [without_times(report) for report in here], without_times(there)
    snippets = [report.pop("snippets") for report in here]
    new = there.pop("snippets")
    moody = [i for i, same in enumerate(zip(*snippets)) if any(one != same[0] for one in same)]
    other = [i for i, (one, two) in enumerate(zip(snippets[0], new)) if one != two and i not in moody]
    print(f"  of {len(new)} snippets, {len(moody)} differ among {len(here)} runs of one machine, and {len(other)} others on the cluster")
    found = [d for i in other for d in differences(snippets[0][i], new[i], new[i]["id"])]
    for difference in found:
        print(f"    {difference}")
    # What is printed may be the time; how it is judged must not depend on it.
    judged = [d for d in found if d.partition(":")[0].rpartition(".")[2] not in PRINTED]
    rest = [d for d in differences(here[0], there) if not d.startswith(".summary")]
    check("the report of the cluster is that of one machine", not judged and not rest and len(snippets[0]) == len(new))


def same(ground):
    compared(ground, ground.arguments.guides, "--cluster", "local:2")


class Elsewhere:
    """A cluster that is reached through `ray://`, on a machine where the folder `hidden` is empty if that can be had."""

    def __init__(self, hidden=None):
        self.ray = pathlib.Path(sys.executable).parent / "ray"
        start = [self.ray, "start", "--head", "--num-cpus", "2", "--include-dashboard", "false"]
        start = shlex.join(map(str, start))
        can_hide = subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0
        self.hides = hidden is not None and can_hide
        if self.hides:
            command = ["unshare", "--mount", "sh", "-c", f"mount -t tmpfs none {hidden} && {start}"]
        else:
            command = ["sh", "-c", start]
        said = subprocess.run(command, capture_output=True, text=True)
        check("a cluster was started", said.returncode == 0)
        self.address = ("127.0.0.1", 10001)

    def stop(self):
        subprocess.run([self.ray, "stop", "--force"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Wire:
    """A way to an address that can be cut."""

    def __init__(self, address):
        self.address = address
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.ends = [self.server]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here, _ = self.server.accept()
            except OSError:
                return
            there = socket.create_connection(self.address)
            self.ends += [here, there]
            for one, other in [(here, there), (there, here)]:
                threading.Thread(target=self.pass_on, args=(one, other), daemon=True).start()

    def pass_on(self, one, other):
        try:
            while text := one.recv(1 << 16):
                other.sendall(text)
        except OSError:
            pass

    def cut(self):
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


def client(ground):
    program = ground.folder / "elsewhere" / "snipcheck"
    program.parent.mkdir()
    shutil.copy2(ground.arguments.program, program)
    elsewhere = Elsewhere(hidden=program.parent)
    print(f"  the program {'has to be shipped' if elsewhere.hides else 'is where the nodes find it'}")
    ground.program = str(program)
    try:
        compared(ground, [ROOT / "guide"], "--cluster", "ray://127.0.0.1:10001")
    finally:
        elsewhere.stop()


def network(ground):
    count = ground.arguments.snippets
    guides = ground.guides(count)
    elsewhere = Elsewhere()
    wire = Wire(elsewhere.address)
    child = ground.start("--cluster", f"ray://127.0.0.1:{wire.port}", "--cluster-patience", "5s", *with_ray(), guides)
    ground.wait()
    wire.cut()
    print("  the way to the cluster was cut")
    begin = time.monotonic()
    report, said, code = ground.end(child)
    told(said)
    print(f"  {counts(report)}, interrupted {report['interrupted']}, exit code {code}, {time.monotonic() - begin:.0f} s later")
    check("the run says so, and what was done is told", code == 3 and report["interrupted"] and report["summary"]["passed"] > 0)
    elsewhere.stop()
    resumed(ground, [], guides, count, report["summary"]["passed"])


def each_once(report, count):
    lines = {(snippet["guide"], snippet["start_line"]) for snippet in report["snippets"]}
    check(f"{count} snippets are told, each once, and pass",
          len(report["snippets"]) == len(lines) == count == report["summary"]["passed"])
    order = [(snippet["guide"], snippet["start_line"]) for snippet in report["snippets"]]
    check("they are told in the order of the guides", order == sorted(order))


def node(ground):
    count = ground.arguments.snippets
    guides = ground.guides(count)
    times = {}
    for damaged in (False, True):
        made = cluster()
        begin = time.monotonic()
        child = ground.start("--no-cache", "--cluster", made.address, *with_ray(), guides)
        if damaged:
            time.sleep(times[False] * 0.4)
            made.remove_node(made.list_all_nodes()[-1], allow_graceful=False)
            print("  a node was killed")
            time.sleep(times[False] * 0.1)
            made.add_node(num_cpus=1, include_dashboard=False)
            print("  another one was added")
        report, said, code = ground.end(child)
        times[damaged] = time.monotonic() - begin
        told(said)
        print(f"  {counts(report)}, exit code {code}; {report['cluster']}")
        each_once(report, count)
        made.shutdown()
    print(f"  {times[False]:.1f} s undamaged, {times[True]:.1f} s with a node killed: {times[True] - times[False]:.1f} s lost")


def poison(ground):
    guide = ground.folder / "poison.md"
    blocks = [f"```python\nprint({n})  # {n}\n```\n" for n in range(40)]
    # More than Ray lets a node have, and less than the snippet may use.
    used = 1 - memory("MemAvailable") / memory("MemTotal")
    threshold = used + 0.15
    size = int(memory("MemTotal") * 1024 * 0.3)
    blocks[17] = f"```python\nimport time\ntaken = b'x' * {size}\ntime.sleep(5)\n```\n"
    guide.write_text("\n".join(blocks))
    os.environ.update(RAY_memory_usage_threshold=f"{threshold:.2f}", RAY_memory_monitor_refresh_ms="100")
    made = cluster(nodes=1)
    report, said, code = ground.run("--no-cache", "--memory", "16GiB", "--cluster", made.address, *with_ray(), guide)
    told(said)
    print(f"  {counts(report)}, exit code {code}; {report['cluster']}")
    bad = [snippet for snippet in report["snippets"] if snippet["status"] != "passed"]
    print(f"  {[(snippet['id'], snippet['status'], snippet['reason']) for snippet in bad]}")
    check("only the poison is told to have errored", [snippet["status"] for snippet in bad] == ["errored"])
    check("all its neighbours pass", report["summary"]["passed"] == 39)
    made.shutdown()
    for name in ("RAY_memory_usage_threshold", "RAY_memory_monitor_refresh_ms"):
        del os.environ[name]


def memory(field):
    lines = pathlib.Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field + ":"))


def resumed(ground, words, guides, count, done):
    made = cluster()
    report, said, code = ground.run("--cluster", made.address, *words, *with_ray(), guides)
    told(said)
    print(f"  the same command again: {counts(report)}, exit code {code}")
    each_once(report, count)
    check("what was done is not done again", report["summary"]["from_cache"] >= done)
    made.shutdown()


def head(ground):
    count = ground.arguments.snippets
    guides = ground.guides(count)
    made = cluster()
    words = ["--cluster-patience", "5s"]
    child = ground.start("--cluster", made.address, *words, *with_ray(), guides)
    ground.wait()
    made.head_node.kill_gcs_server()
    made.head_node.kill_raylet()
    print("  the head was killed")
    report, said, code = ground.end(child)
    told(said)
    print(f"  {counts(report)}, interrupted {report['interrupted']}, exit code {code}")
    check("the run says so, and what was done is told", code == 3 and report["interrupted"] and report["summary"]["passed"] > 0)
    made.shutdown()
    resumed(ground, words, guides, count, report["summary"]["passed"])


def interrupted(ground):
    count = ground.arguments.snippets
    guides = ground.guides(count)
    made = cluster()
    child = ground.start("--cluster", made.address, *with_ray(), guides)
    ground.wait()
    child.send_signal(signal.SIGINT)
    begin = time.monotonic()
    report, said, code = ground.end(child)
    told(said)
    print(f"  {counts(report)}, exit code {code}, {time.monotonic() - begin:.1f} s after Ctrl-C")
    check("it ends as interrupted, and what was done is told", code == 130 and report["summary"]["passed"] > 0)
    made.shutdown()
    resumed(ground, [], guides, count, report["summary"]["passed"])


PARTS = [same, client, node, poison, head, network, interrupted]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--program", default=str(ROOT / "target/release/snipcheck"))
    parser.add_argument("--snippets", type=int, default=4000, help="how many small snippets, a multiple of 200")
    parser.add_argument("--rounds", type=int, default=2, help="how often one machine runs the guides")
    parser.add_argument("--guides", nargs="+", default=[str(ROOT / "guide")])
    arguments = parser.parse_args()
    for part in PARTS:
        if not arguments.parts or part.__name__ in arguments.parts:
            print(f"{part.__name__}: {part.__doc__ or ''}".rstrip(": "), flush=True)
            with tempfile.TemporaryDirectory(prefix="snipcheck-cluster-") as folder:
                part(Ground(arguments, folder))
    sys.exit(check.bad > 0)


if __name__ == "__main__":
    main()
