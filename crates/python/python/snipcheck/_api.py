"""Runs the command in a process of its own, and reads its JSON report."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, Union

Status = Literal["passed", "failed", "errored", "timed_out", "limited", "incomplete", "skipped"]
Verdict = Literal["pass", "fail", "skip"]
StrPath = Union[str, "os.PathLike[str]"]

# The current folder may hold something of the same name.
START = "import sys; sys.path.pop(0); from snipcheck._command import main; sys.exit(main())"

# All hold, something failed, no snippet was found: of these there is a report.
REPORTED = {0, 1, 4}


class SnipcheckError(Exception):
    """The run could not be done: a wrong option, an unreadable guide, a missing interpreter or sandbox."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Expectation:
    """One thing that a guide says a snippet does, and whether it is true."""

    line: int
    end_line: int
    statement_line: int
    kind: str
    comment: str
    expected: str | None = None
    actual: str | None = None
    verdict: Verdict | None = None
    rule: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Snippet:
    """One Python block of a guide, and what became of it."""

    id: str
    guide: str
    start_line: int
    end_line: int
    expectations: tuple[Expectation, ...]
    headings: tuple[str, ...] = ()
    status: Status | None = None
    reason: str | None = None
    stdout: str | None = None
    stderr: str | None = None
    duration_ms: float | None = None
    problem: str | None = None
    """What a person would be shown, with the guide's lines; nothing where the snippet does not fail the run."""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """All that the report says of it, as docs/report-1.schema.json describes it."""

    @property
    def fails(self) -> bool:
        """Whether it fails the run."""
        return self.problem is not None


@dataclass(frozen=True)
class GuideNote:
    """A doubt about a guide as a whole."""

    guide: str
    message: str
    error: bool
    line: int | None = None


@dataclass(frozen=True)
class Report:
    """Everything told of a run."""

    snippets: tuple[Snippet, ...]
    notes: tuple[GuideNote, ...]
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """The whole report, as docs/report-1.schema.json describes it."""

    @property
    def ok(self) -> bool:
        """Whether snippets were found, and none fails."""
        return bool(self.snippets) and not self.failures

    @property
    def failures(self) -> tuple[Snippet, ...]:
        """The snippets that fail the run."""
        return tuple(snippet for snippet in self.snippets if snippet.fails)


def check_text(
    text: str,
    *,
    name: str = "guide.md",
    python: str | None = None,
    packages: Sequence[str] = (),
    timeout: str | None = None,
    strict: bool = False,
    options: Sequence[str] = (),
) -> Report:
    """Checks a guide that is at hand as text.

    `name` is what the guide is called in the report; its extension says how the text is written (`.md`, `.mdx`,
    `.rst`, `.ipynb`, `.txt`, `.py`). See `check_files` for the rest; a `snipcheck.toml` plays no part.
    """
    if Path(name).name != name:
        raise ValueError(f"{name!r} is not the name of a file")
    with tempfile.TemporaryDirectory(prefix="snipcheck-") as folder:
        Path(folder, name).write_text(text, encoding="utf-8")
        Path(folder, "snipcheck.toml").touch()
        given = arguments(python, packages, timeout, strict, options)
        return report("run", *given, "--", name, folder=folder)


def check_files(
    *guides: StrPath,
    python: str | None = None,
    packages: Sequence[str] = (),
    timeout: str | None = None,
    strict: bool = False,
    options: Sequence[str] = (),
) -> Report:
    """Checks guides and folders of guides, or those of `snipcheck.toml` when none is given.

    Snippets run in this interpreter, where they see its packages, unless `python` names another one. `packages`
    are installed by `uv` for them, `timeout` is that of a snippet (`"5s"`), `strict` counts incomplete snippets as
    failures, and `options` are any other options of `snipcheck run`.

    Raises `SnipcheckError` when the run could not be done.
    """
    given = arguments(python, packages, timeout, strict, options)
    return report("run", *given, "--", *map(os.fspath, guides))


def arguments(
    python: str | None,
    packages: Sequence[str],
    timeout: str | None,
    strict: bool,
    options: Sequence[str],
) -> list[str]:
    """What was asked for, as options of the command."""
    given = list(options)
    given += ["--python", python] if python else []
    given += [part for package in packages for part in ("--with", package)]
    given += ["--timeout", timeout] if timeout else []
    given += ["--strict"] if strict else []
    return given


def report(command: str, *given: str, folder: StrPath | None = None) -> Report:
    """What the command reports as JSON when it is called with these arguments."""
    line = [sys.executable, "-c", START, "--color", "never", command, "--format", "json", *given]
    done = subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
    told = read(json.loads(done.stdout)) if done.stdout else None
    if told is None or done.returncode not in REPORTED:
        unread = [f"{note.guide}:{note.line or 1}: {note.message}" for note in told.notes if note.error] if told else []
        complaint = "\n".join([*unread, re.sub(r"^error(\[\w+\])?: ", "", done.stderr)]).strip()
        raise SnipcheckError(complaint or f"snipcheck ended with {done.returncode}", done.returncode)
    return told


def read(raw: dict[str, Any]) -> Report:
    """The report as values."""
    return Report(
        snippets=tuple(read_snippet(snippet) for snippet in raw["snippets"]),
        notes=tuple(known(GuideNote, note) for note in raw["notes"]),
        raw=raw,
    )


def read_snippet(raw: dict[str, Any]) -> Snippet:
    """A snippet as a value."""
    given = dict(raw)
    given["expectations"] = tuple(known(Expectation, one) for one in raw["expectations"])
    given["headings"] = tuple(raw["headings"])
    return known(Snippet, given, raw=raw)


Value = TypeVar("Value")


def known(kind: type[Value], said: Mapping[str, Any], **more: Any) -> Value:
    """A value of what is known of it: later versions of the report may say more."""
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: said[name] for name in names & said.keys()}, **more)
