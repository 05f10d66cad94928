"""`pytest --snipcheck docs/`: each snippet of a guide is a test."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

from snipcheck._api import Snippet, SnipcheckError, report

EXTENSIONS = {".md", ".markdown", ".mdx", ".rst", ".ipynb"}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("snipcheck", "Python guides")
    group.addoption(
        "--snipcheck",
        action="store_true",
        help="check the Python snippets of guides (.md, .mdx, .rst, .ipynb, and any other file that is named)",
    )
    group.addoption(
        "--snipcheck-options",
        metavar="OPTIONS",
        help='options of `snipcheck run`, as in "--strict --timeout 5s"',
    )
    parser.addini("snipcheck_options", "options of `snipcheck run` for --snipcheck", default="")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GuideFile | None:
    if not parent.config.getoption("--snipcheck"):
        return None
    if file_path.suffix.lower() in EXTENSIONS or is_named(file_path, parent.config):
        return GuideFile.from_parent(parent, path=file_path)
    return None


def is_named(path: Path, config: pytest.Config) -> bool:
    """Whether the command line names this very file, which is no module of tests."""
    named = (config.invocation_params.dir / argument.split("::")[0] for argument in config.args)
    return path.suffix != ".py" and path in named


class GuideFile(pytest.File):
    """A guide; its snippets run together, when the first of them is wanted."""

    def collect(self) -> Iterator[SnippetItem]:
        try:
            found = report("list", "--", self.shown)
        except SnipcheckError as error:
            raise self.CollectError(str(error)) from None
        for snippet in found.snippets:
            yield SnippetItem.from_parent(self, name=snippet.id, line=snippet.start_line)

    @property
    def shown(self) -> str:
        """The guide's path as a person would type it."""
        try:
            return str(self.path.relative_to(Path.cwd()))
        except ValueError:
            return str(self.path)

    @cached_property
    def snippets(self) -> dict[str, Snippet]:
        """What became of each snippet, by its id."""
        options = self.config.getoption("--snipcheck-options") or self.config.getini("snipcheck_options")
        done = report("run", *shlex.split(options), "--", self.shown)
        return {snippet.id: snippet for snippet in done.snippets}


class SnippetItem(pytest.Item):
    """A snippet."""

    parent: GuideFile

    def __init__(self, *, line: int, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self.line = line

    def runtest(self) -> None:
        snippet = self.parent.snippets.get(self.name)
        if snippet is None:
            pytest.skip("not among those that the options ask for")
        if snippet.stdout:
            self.add_report_section("call", "stdout", snippet.stdout)
        if snippet.problem is not None:
            raise SnippetFailure(snippet.problem)
        if snippet.status in ("incomplete", "skipped"):
            pytest.skip(f"{snippet.status}: {snippet.reason}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> object:
        if isinstance(excinfo.value, (SnippetFailure, SnipcheckError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line - 1, self.name


class SnippetFailure(Exception):
    """What the guide says is not so, or a snippet does not end as it should."""
