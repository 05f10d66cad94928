"""`check_text` and `check_files`, in the interpreter that runs these tests."""

import sys

import pytest

import snipcheck

GUIDE = """\
# Lists

```python
box = [3, 1]
print(sorted(box))  # [1, 3]
```

## Turned round

```python
print(box[::-1])  # [3, 1]
```
"""


def test_a_report_says_what_holds():
    report = snipcheck.check_text(GUIDE)
    right, wrong = report.snippets
    assert (right.status, wrong.status) == ("passed", "failed")
    assert (right.id, right.start_line, right.end_line) == ("guide/lists", 4, 5)
    assert right.expectations[0].verdict == "pass"
    told = wrong.expectations[0]
    assert (told.line, told.expected, told.actual, told.verdict) == (11, "[3, 1]", "[1, 3]", "fail")
    assert not report.ok
    assert report.failures == (wrong,)
    assert "guide.md:11" in wrong.problem and "really: [1, 3]" in wrong.problem


def test_snippets_run_in_this_very_interpreter():
    report = snipcheck.check_text("```python\nimport sys\nprint(sys.executable)\nprint(sys.version_info[:3])\n```\n")
    version = ".".join(map(str, sys.version_info[:3]))
    assert report.raw["python"] == {"version": version, "engine": "embedded"}
    assert report.snippets[0].stdout.splitlines() == [sys.executable, str(tuple(sys.version_info[:3]))]


def test_nothing_of_the_package_shows_in_a_snippet():
    code = """\
import sys, __main__
print(sys.argv[1:])  # []
print("snipcheck" in sys.modules)  # False
print(sorted(name for name in vars(__main__) if not name.startswith("__")))  # ['sys']
"""
    report = snipcheck.check_text(f"```python\n{code}```\n", options=["--no-cache"])
    assert [one.verdict for one in report.snippets[0].expectations] == ["pass"] * 3, report.snippets[0].stdout


def test_what_cannot_be_run_is_an_error_with_its_exit_code():
    for options, code, said in [
        ({"python": "no-such-python"}, 3, "`no-such-python` is not found"),
        ({"timeout": "soon"}, 2, "soon"),
        ({"options": ["--no-such-option"]}, 2, "--no-such-option"),
    ]:
        with pytest.raises(snipcheck.SnipcheckError, match=said) as caught:
            snipcheck.check_text(GUIDE, **options)
        assert caught.value.exit_code == code


def test_a_directive_that_cannot_be_read_is_told_with_its_line():
    with pytest.raises(snipcheck.SnipcheckError, match="guide.md:2: .*timeout"):
        snipcheck.check_text('<!-- snipcheck: timeout="soon" -->\n```python\nprint(1)\n```\n')


def test_nothing_found_is_not_ok():
    report = snipcheck.check_text("No code here.\n")
    assert report.snippets == () and not report.ok


def test_a_name_says_how_the_text_is_written():
    report = snipcheck.check_text(">>> 1 + 1\n2\n", name="page.rst")
    assert report.ok and report.snippets[0].guide == "page.rst"
    with pytest.raises(ValueError):
        snipcheck.check_text("", name="../page.rst")


def test_files_are_read_with_the_project_s_configuration(tmp_path, monkeypatch):
    (tmp_path / "guide.md").write_text(GUIDE)
    (tmp_path / "snipcheck.toml").write_text('guides = ["guide.md"]\n[[snippet]]\nmatch = "*turned*"\nskip = "later"\n')
    monkeypatch.chdir(tmp_path)
    report = snipcheck.check_files()
    assert [one.status for one in report.snippets] == ["passed", "skipped"]
    assert report.ok
