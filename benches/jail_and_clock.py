#!/usr/bin/env python3
"""Whether the jail changes what `snipcheck bench` measures: the programs of its suite in the jail and without one.

    cargo build --release
    benches/jail_and_clock.py [--python 3.11] [--rounds 4] [--program PATH]

Each round runs every program once in the jail (`bench --suite gil --repeat 1`) and once in a bare `python -I`, in
turns, so that both see the same machine. Standard library only.
"""
import argparse
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUITE = ROOT / "crates" / "bench" / "src" / "suite" / "gil.py"
WAYS = ["one_by_one", "threads", "processes", "tasks"]
TIMED = """
import os, time
run = ready(%s, %r)
def cpu():
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
before, start = cpu(), time.perf_counter()
run()
print(time.perf_counter() - start, cpu() - before)
"""


def workloads():
    return re.findall(r'^    "([^"]+)": """', SUITE.read_text(), re.M)


def bare(python, workload, way):
    code = SUITE.read_text() + TIMED % (way, workload)
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def jailed(program, python, folder):
    """For each workload and way, seconds on the wall and of the processor, in one process each."""
    file = pathlib.Path(folder) / "suite.json"
    command = [program, "bench", "--suite", "gil", "--python", python, "--repeat", "1", "--budget", "1s", "--json", file]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = {}
    for row in json.loads(file.read_text())["rows"]:
        modes = [("one_by_one", row["base"])] + row["ways"]
        for way, mode in modes:
            run = mode["runs"][-1]
            found[row["workload"], way] = [run["wall"], run["cpu"]]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="python3.11")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--program", default=ROOT / "target" / "release" / "snipcheck")
    options = parser.parse_args()
    python = shutil.which(options.python) or sys.exit(f"{options.python} is not on PATH")
    times = {}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            inside = jailed(options.program, python, folder)
        for workload in workloads():
            for way in WAYS:
                pair = inside[workload, way], bare(python, workload, way)
                times.setdefault((workload, way), []).append(pair)
    print("| workload | way | bare wall ms | jailed, as a ratio | bare processor ms | jailed, as a ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for (workload, way), pairs in times.items():
        cells = []
        for clock in (0, 1):
            outside = statistics.median(without[clock] for _, without in pairs)
            ratio = statistics.median(inside[clock] for inside, _ in pairs) / outside if outside else float("nan")
            shown = f"{ratio:.2f}" if outside >= 0.02 else ""
            cells += [f"{outside * 1000:.0f}", shown]
        print(f"| {workload} | {way.replace('_', ' ')} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
