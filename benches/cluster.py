#!/usr/bin/env python3
"""What a cluster costs beside one machine: small snippets on both, in turns.

    cargo build --release
    benches/cluster.py [--snippets 20000] [--large 200000] [--rounds 3] [--program PATH] [--ray-python PYTHON]

Runs the same snippets with `--jobs 1`, on a cluster of one node with one core, with `--jobs 2`, and on a cluster of two
such nodes (`--cluster local:N`), round after round, and tells the medians: units a second, the share of their time
that cores waited between batches, the processor time that the broker took for each unit, and the most memory that it
ever had. Then, once, the two nodes with so many more snippets. Standard library only; one Python must have Ray.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
IN_A_GUIDE = 200


def guides(folder, count):
    folder.mkdir()
    for first in range(0, count, IN_A_GUIDE):
        numbers = range(first, min(first + IN_A_GUIDE, count))
        blocks = [f"```python\nprint({n} * 3)  # {n * 3}\n```\n" for n in numbers]
        (folder / f"{first:07}.md").write_text("\n".join(blocks))
    return folder


def run(program, words, guides, folder):
    """The report without its snippets, and the seconds of processor time and MiB of the broker."""
    command = [program, "run", "--no-cache", "--format", "json", *words, str(guides)]
    report = folder / "report.json"
    with open(report, "wb") as out, open(folder / "said", "wb") as said:
        child = subprocess.Popen(command, stdout=out, stderr=said)
        broker = 0.0
        while child.poll() is None:
            broker = max(broker, processor(child.pid))
            try:
                child.wait(0.05)
            except subprocess.TimeoutExpired:
                pass
    told = json.loads(report.read_text())
    told.pop("snippets")
    assert child.returncode == 0, (command, (folder / "said").read_text()[-500:])
    return told, broker


def processor(pid):
    """Seconds of the processor's time of the process itself (proc(5), fields 14 and 15)."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def row(told, broker):
    summary, cluster = told["summary"], told.get("cluster")
    units = summary["snippets"]
    assert summary["passed"] == units, summary
    busy = cluster["busy_ms"] + cluster["waiting_ms"] if cluster else 0
    return {
        "units/s": units / summary["duration_ms"] * 1e3,
        "waiting %": 100 * cluster["waiting_ms"] / busy if cluster else float("nan"),
        "broker ms/unit": broker / units * 1e3,
        "broker MiB": cluster["broker_rss_kib"] / 1024 if cluster else float("nan"),
    }


def show(name, rows):
    medians = {key: statistics.median(one[key] for one in rows) for key in rows[0]}
    speeds = [one["units/s"] for one in rows]
    print(f"{name:<24} {medians['units/s']:>8.0f} ({min(speeds):.0f} to {max(speeds):.0f}) {medians['waiting %']:>10.1f} "
          f"{medians['broker ms/unit']:>10.2f} {medians['broker MiB']:>10.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snippets", type=int, default=20000)
    parser.add_argument("--large", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default=str(ROOT / "target/release/snipcheck"))
    parser.add_argument("--ray-python", default="python3")
    arguments = parser.parse_args()
    ray = ["--ray-python", arguments.ray_python]
    ways = {
        "one machine, --jobs 1": ["--jobs", "1"],
        "one node of one core": ["--cluster", "local:1", *ray],
        "one machine, --jobs 2": ["--jobs", "2"],
        "two nodes of one core": ["--cluster", "local:2", *ray],
    }
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        small = guides(folder / "small", arguments.snippets)
        rows = {name: [] for name in ways}
        for _ in range(arguments.rounds):
            for name, words in ways.items():
                rows[name].append(row(*run(arguments.program, words, small, folder)))
        print(f"{arguments.snippets} snippets    units/s             waiting %  broker ms/unit  broker MiB")
        for name in ways:
            show(name, rows[name])
        for one, other in [("one node of one core", "one machine, --jobs 1"),
                           ("two nodes of one core", "one machine, --jobs 2"),
                           ("two nodes of one core", "one node of one core")]:
            ratios = [a["units/s"] / b["units/s"] for a, b in zip(rows[one], rows[other])]
            print(f"{one} / {other}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
        if arguments.large:
            large = guides(folder / "large", arguments.large)
            name = "two nodes of one core"
            print(f"{arguments.large} snippets")
            show(name, [row(*run(arguments.program, ways[name], large, folder))])


if __name__ == "__main__":
    main()
