#!/usr/bin/env python3
"""Memory and time as guides, units and output grow; neither may depend on how much there is of them.

    cargo build --release
    benches/scale.py [PART ...] [--snippets 1000,100000] [--program PATH]

Parts (all of them unless named):
  guides   a run over so many snippets in guides of a hundred, without and with what is known of an earlier run
  shards   four shards of the smallest run tell together what one run tells
  worker   a worker that is fed 1 000 and 10 000 units
  flood    a snippet that writes 400 MB
  far      a snippet at line 10 and at line 1 000 000

Memory is the most that a process ever had (VmHWM): of the program itself, and of its slots.
Standard library only.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
IN_A_GUIDE = 100


class Memory(threading.Thread):
    """The most memory of a process and of its slots, in MiB, while they run."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.own = self.slots = 0.0
        self.over = threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.02):
            self.own = max(self.own, most(self.pid))
            self.slots = max([self.slots, *map(most, descendants(self.pid, 2))])

    def end(self):
        self.over.set()
        self.join()


def most(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def descendants(pid, depth):
    """Slots are the children, and where there are namespaces their children; snippets are deeper."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    below = [one for child in children for one in descendants(child, depth - 1)] if depth > 1 else []
    return children + below


def measured(command, folder, stdin=subprocess.DEVNULL, out=None):
    """Seconds, MiB of the program, MiB of its slots, and its exit code."""
    environment = {**os.environ, "SNIPCHECK_CACHE_DIR": str(folder / "cache")}
    start = time.perf_counter()
    with open(out or os.devnull, "wb") as sink:
        child = subprocess.Popen(command, stdin=stdin, stdout=sink, env=environment, cwd=folder)
        memory = Memory(child.pid)
        code = child.wait()
    seconds = time.perf_counter() - start
    memory.end()
    return seconds, memory.own, memory.slots, code


def make(folder, count):
    guides = folder / f"guides-{count}"
    guides.mkdir()
    for first in range(0, count, IN_A_GUIDE):
        parts = ["# Numbers\n"]
        for n in range(first, min(first + IN_A_GUIDE, count)):
            parts.append(f"## Number {n}\n\n```python\nn = {n}\nprint(n + 1)  # {n + 1}\n```\n")
        (guides / f"guide-{first // IN_A_GUIDE:05}.md").write_text("\n".join(parts))
    return guides


def guides(folder, program, sizes):
    print(f"{'run of':24} {'s':>8} {'ms a snippet':>13} {'program MiB':>12} {'slot MiB':>9}")
    for count in sizes:
        place = make(folder, count)
        for name, options in (("nothing known", ["--no-cache"]), ("first", []), ("again", [])):
            command = [program, "run", "--format", "json", *options, place]
            seconds, own, slots, code = measured(command, folder)
            assert code == 0, code
            each = seconds / count * 1e3
            print(f"{count:7} {name:16} {seconds:8.2f} {each:13.3f} {own:12.1f} {slots:9.1f}", flush=True)


def told(path):
    """What a run told of each snippet, without what differs from run to run."""
    snippets = json.loads(path.read_text())["snippets"]
    for snippet in snippets:
        for key in ("duration_ms", "max_rss_kib"):
            snippet.pop(key)
    return {snippet["id"]: snippet for snippet in snippets}


def shards(folder, program, sizes):
    place = make(folder / "shards", sizes[0])

    def run(*options):
        out = folder / "told.json"
        measured([program, "run", "--no-cache", "--format", "json", *options, place], folder, out=out)
        return told(out)

    whole, parts = run(), [run("--shard", f"{n}/4") for n in range(1, 5)]
    assert sum(map(len, parts)) == len(whole), "a snippet is in two shards, or in none"
    together = {name: snippet for part in parts for name, snippet in part.items()}
    assert together == whole, "shards tell something else"
    print(f"shards: {' + '.join(str(len(part)) for part in parts)} snippets, told as in one run of {len(whole)}")


def worker(folder, program, _):
    for count in (1000, 10_000):
        place = make(folder / "worker", count)
        units = folder / "units"
        measured([program, "list", "--units", place], folder, out=units)
        with open(units, "rb") as lines:
            seconds, own, slots, _ = measured([program, "worker", "--no-cache"], folder, lines, folder / "told")
        answers = sum(1 for _ in open(folder / "told", "rb")) - 1
        assert answers == count, answers
        print(f"worker, {count:6} units: {seconds:.2f} s, {seconds / count * 1e3:.3f} ms each, {own:.1f} MiB, slot {slots:.1f} MiB", flush=True)


def flood(folder, program, _):
    guide = folder / "flood.md"
    guide.write_text("```python\nline = 'x' * 99\nfor _ in range(4_000_000):\n    print(line)\n```\n")
    seconds, own, slots, _ = measured([program, "run", "--no-cache", guide], folder)
    print(f"flood of 400 MB: {seconds:.2f} s, program {own:.1f} MiB, slot {slots:.1f} MiB")


def far(folder, program, _):
    for line in (10, 1_000_000):
        guide = folder / f"far-{line}.md"
        guide.write_text("\n" * (line - 2) + "```python\nprint(1)  # 1\n```\n")
        out = folder / "far.json"
        measured([program, "run", "--no-cache", "--format", "json", guide], folder, out=out)
        snippet = json.loads(out.read_text())["snippets"][0]
        assert snippet["start_line"] == line, snippet["start_line"]
        print(f"a snippet at line {line:7}: {snippet['duration_ms']:.2f} ms, {snippet['max_rss_kib'] / 1024:.1f} MiB")


def main():
    parts = {part.__name__: part for part in (guides, shards, worker, flood, far)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(parts))
    parser.add_argument("--snippets", default="1000,100000", help="how many, several by commas")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target" / "release" / "snipcheck")
    options = parser.parse_args()
    if not options.program.exists():
        parser.error(f"{options.program} is missing; run: cargo build --release")
    if unknown := set(options.parts) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    sizes = [int(size) for size in options.snippets.split(",")]
    for name in options.parts or parts:
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            for inner in ("shards", "worker"):
                (place / inner).mkdir()
            parts[name](place, options.program.resolve(), sizes)


if __name__ == "__main__":
    sys.exit(main())
