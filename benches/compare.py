#!/usr/bin/env python3
"""What a snippet costs: beside a bare fork of a warm interpreter, beside plain Python and beside other programs.

    cargo build --release
    python3 benches/compare.py [--blocks 50,500] [--rounds 5] [--write docs/benchmarks.md]

One snippet is measured inside a slot, by `cargo bench -p snipcheck-runner --features measure`; whole guides by the
wall time of programs. Every round runs each contender once, in an order of its own, so that a noisy moment hits all alike; what
counts are the ratios within a round. The others are installed from PyPI into an environment that is thrown
away (or kept in --venv). None of them isolates the blocks: they run all of them in one process.
Standard library only.
"""
import argparse
import concurrent.futures
import contextlib
import io
import os
import pathlib
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SNIPCHECK = ROOT / "target" / "release" / "snipcheck"
OTHERS = ["pytest-markdown-docs", "sybil", "mktestdocs", "phmdoctest"]
BASE = "python -I -S, two at a time"
OURS = "snipcheck --jobs 2"

SHAPES = [
    "words = 'one two two three three three'.split()\ncounts = {w: words.count(w) for w in words}\nprint(counts['two'] + %d)  # %d\n",
    "class Tank:\n    def __init__(self, litres):\n        self.litres = litres\n\ntank = Tank(%d)\nprint(tank.litres + 2)  # %d\n",
    "def double(n):\n    return 2 * n\n\nprint(double(%d) - %d)\n",
    "import json\n\ntext = json.dumps({'n': %d})\nassert json.loads(text)['n'] == %d - 2\n",
]

SYBIL = """
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()
"""

MKTESTDOCS = """
import pathlib
from mktestdocs import check_md_file

def test_guide():
    check_md_file(fpath=pathlib.Path(__file__).with_name("blocks.md"))
"""


def make(count, folder):
    """Writes `count` blocks as one guide and as scripts; the other programs each have a folder of their own."""
    parts = ["# Blocks\n"]
    (folder / "scripts").mkdir()
    for i in range(count):
        code = SHAPES[i % len(SHAPES)] % (i, i + 2)
        parts.append(f"## Block {i}\n\n```python\n{code}```\n")
        (folder / "scripts" / f"block{i:05}.py").write_text(code)
    for name in ["guide", *OTHERS]:
        (folder / name).mkdir()
        (folder / name / "blocks.md").write_text("\n".join(parts))
    (folder / "sybil" / "conftest.py").write_text(SYBIL)
    (folder / "mktestdocs" / "test_guide.py").write_text(MKTESTDOCS)


def run(command, folder, **environment):
    subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )


def ours(folder):
    def snipcheck(*options):
        command = [SNIPCHECK, "run", "--format", "json", *options, folder / "guide"]
        return lambda: run(command, folder, SNIPCHECK_CACHE_DIR=str(folder / "cache"))

    def new(*options):
        """As if the guide had never been run: no outcome is known, though the interpreter is."""
        again = snipcheck(*options)

        def first():
            shutil.rmtree(folder / "cache" / "outcomes", ignore_errors=True)
            start = time.perf_counter()
            again()
            return time.perf_counter() - start

        return first

    def known():
        """What a run right after another takes."""
        timed = snipcheck("--jobs", "2")
        timed()
        start = time.perf_counter()
        timed()
        return time.perf_counter() - start

    return {
        "snipcheck --jobs 1": new("--jobs", "1"),
        OURS: new("--jobs", "2"),
        f"{OURS} --no-cache": snipcheck("--jobs", "2", "--no-cache"),
        f"{OURS} --engine subprocess": new("--jobs", "2", "--engine", "subprocess"),
        f"{OURS}, second run": known,
    }


def plain(folder):
    files = sorted((folder / "scripts").glob("*.py"))

    def one(file):
        run([sys.executable, "-I", "-S", file], folder)

    def two_at_a_time():
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(one, files))

    def one_by_one():
        for file in files:
            one(file)

    return {"python -I -S, one by one": one_by_one, BASE: two_at_a_time}


def others(folder, python):
    def pytest(name, *options):
        return lambda: run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options], folder / name)

    def phmdoctest():
        place = folder / "phmdoctest"
        run([python.with_name("phmdoctest"), "blocks.md", "--outfile", "test_blocks.py"], place)
        run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_blocks.py"], place)

    return {
        "pytest-markdown-docs": pytest("pytest-markdown-docs", "--markdown-docs"),
        "sybil": pytest("sybil", "-p", "no:markdown_docs", "blocks.md"),
        "mktestdocs": pytest("mktestdocs"),
        "phmdoctest": phmdoctest,
    }


def one_snippet():
    """The table of a snippet beside a bare fork of the very same slot."""
    command = ["cargo", "bench", "--quiet", "-p", "snipcheck-runner", "--features", "measure", "--bench", "fork"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    print("## One snippet\n")
    print(done.stdout)


def working(contenders):
    """Those that run here, with what is said of the others."""
    for name, contender in list(contenders.items()):
        try:
            contender()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"left out: {name} does not run these blocks here: {error}\n")
            del contenders[name]
    return contenders


def measure(count, folder, python, rounds, rng):
    make(count, folder)
    contenders = working({**ours(folder), **plain(folder), **others(folder, python)})
    seconds = {name: [] for name in contenders}
    for _ in range(rounds):
        for name in rng.sample(list(contenders), len(contenders)):
            start = time.perf_counter()
            own_time = contenders[name]()
            seconds[name].append(own_time or time.perf_counter() - start)
    print(f"## {count} blocks\n")
    print(f"| {rounds} rounds | median s | min | max | ms a block | time of `{OURS}` as a ratio: median | min | max |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, times in seconds.items():
        ratios = [own / other for own, other in zip(seconds[OURS], times)]
        told = [*spread(times, 3), f"{statistics.median(times) / count * 1e3:.2f}", *spread(ratios, 2)]
        print(f"| {name} | {' | '.join(told)} |")
    print()


def spread(numbers, digits):
    return [f"{of(numbers):.{digits}f}" for of in (statistics.median, min, max)]


def environment(folder):
    """A Python with the other programs."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *OTHERS, "pytest"], check=True)
    return python


def machine():
    model = "an unknown processor"
    with contextlib.suppress(OSError):
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores, load {load:.1f} when it began, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def versions(python):
    listed = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    wanted = [name.replace("-", "_") for name in [*OTHERS, "pytest"]]
    return ", ".join(line for line in listed.split() if line.split("==")[0].replace("-", "_") in wanted)


def report(options):
    with tempfile.TemporaryDirectory() as place:
        python = environment(options.venv or pathlib.Path(place) / "venv")
        print("# Benchmarks\n")
        print(f"Written by `python3 benches/compare.py --blocks {options.blocks} --rounds {options.rounds} --write`")
        print(f"on {machine()}.")
        print(f"Other programs: {versions(python)}; they run all blocks in one process, without isolation.\n")
        one_snippet()
        rng = random.Random(1)
        for count in map(int, options.blocks.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                measure(count, pathlib.Path(folder), python, options.rounds, rng)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", default="50,500", help="how many blocks, several by commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--venv", type=pathlib.Path, help="where to keep the other programs")
    parser.add_argument("--write", type=pathlib.Path, help="the file for the tables, instead of stdout")
    options = parser.parse_args()
    if not SNIPCHECK.exists():
        parser.error(f"{SNIPCHECK} is missing; run: cargo build --release")
    if options.write is None:
        return report(options)
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        report(options)
    options.write.write_text(text.getvalue().rstrip("\n") + "\n")


if __name__ == "__main__":
    sys.exit(main())
