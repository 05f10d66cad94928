#!/usr/bin/env python3
"""Seconds per MB that `snipcheck list` takes for documents of growing size, in every format.

    cargo build --release
    benches/extract_sizes.py [--sizes 5,10,25,50] [--only NAME,...]

Each document is one shape repeated up to its size: ordinary pages in every format, and shapes that make a
reader with a bad habit slow. A row whose figures grow to the right is not linear. Standard library only.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SNIPCHECK = ROOT / "target" / "release" / "snipcheck"

PROSE = "Some words that make up a sentence, and another one that follows it on the same line.\n"
CODE = "def double_%d(n):\n    return [2 * n, {'a': (1,)}]\n\nprint(double_%d(3))  # [6, {'a': (1,)}]\n"
SESSION = ">>> x = %d\n>>> [x,\n...  x]\n[%d, %d]\n"


def indented(text, by):
    return "".join(" " * by + line if line.strip() else line for line in text.splitlines(True))


def page(i):
    return f"## Part {i}\n\n{PROSE * 3}\n```python\n{CODE % (i, i)}```\n\n- item\n\n"


def cell(i):
    source = (CODE % (i, i)).splitlines(True)
    return {"cell_type": "code", "execution_count": i, "metadata": {}, "outputs": [], "source": source}


def notebook(size):
    count = size // len(json.dumps(cell(1000)))
    text = {"cell_type": "markdown", "metadata": {}, "source": [PROSE]}
    cells = [part for i in range(count) for part in (cell(i), text)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def repeated(part):
    """A document of a shape: `part(i)` one after the other."""
    def document(size):
        parts, length = [], 0
        while length < size:
            parts.append(part(len(parts)))
            length += len(parts[-1])
        return "".join(parts)
    return document


SHAPES = {
    "page.md": repeated(page),
    "page.mdx": repeated(lambda i: page(i) + f"<Tab title=\"{i}\">\n    text\n</Tab>\n\n"),
    "flat.txt": repeated(lambda i: f"Part {i}\n{PROSE * 3}{CODE % (i, i)}"),
    "page.rst": repeated(lambda i: f"Part {i}\n{'=' * 12}\n\n{PROSE}\nSo::\n\n{indented(CODE % (i, i), 3)}\n"),
    "page.ipynb": notebook,
    "module.py": repeated(lambda i: f"def f_{i}():\n    '''Doc.\n\n    >>> f_{i}()\n    1\n    '''\n    return 1\n\n"),
    "sessions.txt": repeated(lambda i: SESSION % (i, i, i)),
    "sessions.rst": repeated(lambda i: SESSION % (i, i, i)),
    "sessions.md": lambda size: "```\n" + repeated(lambda i: SESSION % (i, i, i))(size) + "```\n",
    "code.txt": repeated(lambda i: CODE % (i, i)),
    "brackets.txt": repeated(lambda i: "open (\n"),
    "quotes.txt": repeated(lambda i: "x = '''\n" if i % 2 == 0 else "y = \"\"\"\n"),
    "typed.txt": repeated(lambda i: ">>> f(\n"),
    "answers.txt": repeated(lambda i: ">>> f()\n{\n"),
    "remarks.txt": repeated(lambda i: "# remark\n"),
    "blanks.txt": repeated(lambda i: "\n"),
    "deep.txt": repeated(lambda i: " " * (i % 5000) + "if x:\n"),
    "line.txt": lambda size: "word " * (size // 5),
    "call.txt": lambda size: "f(" + "'a', " * (size // 5) + ")\n",
    "mojibake.txt": repeated(lambda i: "It â€” was, and β€” is.\n"),
    "fences.md": repeated(lambda i: "```python\nx = 1\n"),
    "lists.md": repeated(lambda i: " " * (i % 2000) + "- a\n"),
    "nested.md": repeated(lambda i: "- " * (i % 500) + "```py\nx\n"),
    "quoted.md": repeated(lambda i: ">" * (i % 500) + " ```py\n"),
    "boxes.md": repeated(lambda i: "```{note}\n"),
    "comments.md": repeated(lambda i: "<!-- a\n"),
    "tags.md": repeated(lambda i: "{% highlight python %}\nx\n"),
    "tabs.mdx": repeated(lambda i: "<Tab title=\"a\">\n"),
    "indented.md": repeated(lambda i: "\n    x = f(1)\n"),
    "line.md": lambda size: "word " * (size // 5),
    "titles.rst": repeated(lambda i: f"A{i}\n===\n"),
    "directives.rst": repeated(lambda i: " " * (i % 500) + ".. note::\n"),
    "literals.rst": repeated(lambda i: "a::\n\n"),
    "classes.py": repeated(lambda i: "class A:\n    '''\n"),
    "strings.py": repeated(lambda i: "x = '''\n"),
    "line.ipynb": lambda size: json.dumps({"cells": [{"cell_type": "code", "source": "x" * size}]}),
}


def seconds(path, limit):
    start = time.perf_counter()
    try:
        subprocess.run([SNIPCHECK, "list", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="5,10,25,50", help="megabytes")
    parser.add_argument("--only", default=",".join(SHAPES), help="documents")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one document")
    options = parser.parse_args()
    sizes = [float(size) for size in options.sizes.split(",")]
    if not SNIPCHECK.exists():
        sys.exit(f"{SNIPCHECK} is missing: cargo build --release")
    print(f"{'seconds per MB':16}" + "".join(f"{size:>9g} MB" for size in sizes))
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only.split(","):
            row = f"{name:16}"
            for size in sizes:
                path = pathlib.Path(folder) / name
                path.write_text(SHAPES[name](int(size * 1e6)), encoding="utf-8")
                took = seconds(path, options.limit)
                row += f"{'—':>12}" if took is None else f"{took / size:12.3f}"
                path.unlink()
            print(row, flush=True)


if __name__ == "__main__":
    main()
