#!/usr/bin/env python3
"""Wall time of `snipcheck run` beside plain Python on the same blocks, as ratios from one run.

    cargo build --release
    benches/against_python.py [--blocks 50,500] [--rounds 5] [--guide DIR --scripts DIR]

Every round runs each contender once, in an order of its own, so that a noisy moment hits all alike.
Prints, for each, the median seconds and the median of its ratios to `python -I -S` one by one, taken
round by round. The blocks are made here, or taken from --guide (Markdown) and --scripts (the same
blocks, one .py file each). Standard library only.
"""
import argparse
import concurrent.futures
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SNIPCHECK = ROOT / "target" / "release" / "snipcheck"

SHAPES = [
    "words = 'one two two three three three'.split()\ncounts = {w: words.count(w) for w in words}\nprint(counts['two'] + %d)  # %d\n",
    "class Tank:\n    def __init__(self, litres):\n        self.litres = litres\n\ntank = Tank(%d)\nprint(tank.litres + 2)  # %d\n",
    "def double(n):\n    return 2 * n\n\nprint(double(%d) - %d)\n",
    "import json\n\ntext = json.dumps({'n': %d})\nassert json.loads(text)['n'] == %d - 2\n",
]


def make(count, folder):
    """Writes `count` blocks as one guide and as scripts; gives both places."""
    guide, scripts = folder / "guide", folder / "scripts"
    guide.mkdir()
    scripts.mkdir()
    parts = ["# Blocks\n"]
    for i in range(count):
        code = SHAPES[i % len(SHAPES)] % (i, i + 2)
        parts.append(f"## Block {i}\n\n```python\n{code}```\n")
        (scripts / f"block{i:05}.py").write_text(code)
    (guide / "blocks.md").write_text("\n".join(parts))
    return guide, scripts


def plain(script):
    subprocess.run([sys.executable, "-I", "-S", script], stdout=subprocess.DEVNULL, check=True)


def contenders(guide, scripts):
    files = sorted(scripts.glob("*.py"))

    def snipcheck(*options):
        command = [SNIPCHECK, "run", "--format", "json", *options, guide]
        return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    def one_by_one():
        for file in files:
            plain(file)

    def two_at_a_time():
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(plain, files))

    return len(files), {
        "python -I -S, one by one": one_by_one,
        "python -I -S, two at a time": two_at_a_time,
        "snipcheck --jobs 1": snipcheck("--jobs", "1"),
        "snipcheck --jobs 2": snipcheck("--jobs", "2"),
        "snipcheck --jobs 2 --engine subprocess": snipcheck("--jobs", "2", "--engine", "subprocess"),
    }


def measure(guide, scripts, rounds, rng):
    count, runs = contenders(guide, scripts)
    seconds = {name: [] for name in runs}
    for _ in range(rounds):
        for name in rng.sample(list(runs), len(runs)):
            start = time.perf_counter()
            runs[name]()
            seconds[name].append(time.perf_counter() - start)
    base = seconds["python -I -S, one by one"]
    print(f"\n{count} blocks, {rounds} rounds")
    print(f"{'':40} {'median s':>9} {'ms/block':>9} {'ratio':>7}")
    for name, times in seconds.items():
        median = statistics.median(times)
        ratio = statistics.median(t / b for t, b in zip(times, base))
        print(f"{name:40} {median:9.3f} {median / count * 1e3:9.2f} {ratio:7.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", default="50,500", help="how many blocks, several by commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--guide", type=pathlib.Path, help="a folder of Markdown guides")
    parser.add_argument("--scripts", type=pathlib.Path, help="the same blocks, one .py file each")
    options = parser.parse_args()
    if not SNIPCHECK.exists():
        parser.error(f"{SNIPCHECK} is missing; run: cargo build --release")
    rng = random.Random(1)
    if options.guide:
        measure(options.guide, options.scripts, options.rounds, rng)
        return
    for count in map(int, options.blocks.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            measure(*make(count, pathlib.Path(folder)), options.rounds, rng)


if __name__ == "__main__":
    main()
