"""`pytest --snipcheck`."""

GUIDE = """\
# Sums

```python
print(1 + 1)  # 2
```

## Wrong

```python
print(2 + 2)  # 5
```

## Elsewhere

```python
import no_such_package
```
"""


def test_each_snippet_is_a_test(pytester):
    pytester.makefile(".md", guide=GUIDE)
    result = pytester.runpytest("--snipcheck", "-v", "-rs")
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "guide.md::guide/sums PASSED*",
            "guide.md::guide/wrong FAILED*",
            "*guide.md:10:*",
            "*print(2 + 2)  # 5*",
            "*really: 4*",
            "SKIPPED * incomplete: *no_such_package*",
        ]
    )


def test_one_is_chosen_by_its_id(pytester):
    pytester.makefile(".md", guide=GUIDE)
    result = pytester.runpytest("--snipcheck", "-k", "guide/wrong")
    result.assert_outcomes(failed=1, deselected=2)
    result = pytester.runpytest("--snipcheck", "guide.md::guide/sums")
    result.assert_outcomes(passed=1)


def test_options_come_from_the_command_line_and_the_configuration(pytester):
    pytester.makefile(".md", guide=GUIDE)
    result = pytester.runpytest("--snipcheck", "--snipcheck-options=--strict")
    result.assert_outcomes(passed=1, failed=2)
    pytester.makeini("[pytest]\nsnipcheck_options = --strict --filter elsewhere\n")
    result = pytester.runpytest("--snipcheck")
    result.assert_outcomes(failed=1, skipped=2)


def test_without_the_option_guides_are_left_alone(pytester):
    pytester.makefile(".md", guide=GUIDE)
    pytester.makepyfile("def test_other(): pass")
    pytester.runpytest().assert_outcomes(passed=1)
    pytester.runpytest("--snipcheck").assert_outcomes(passed=2, failed=1, skipped=1)


def test_a_file_that_is_named_is_read_whatever_its_extension(pytester):
    pytester.makefile(".txt", page="Sums.\n\nx = [1, 2]\nprint(x)  # [1, 2]\n")
    pytester.runpytest("--snipcheck").assert_outcomes()
    pytester.runpytest("--snipcheck", "page.txt").assert_outcomes(passed=1)


def test_a_guide_that_cannot_be_read_is_an_error(pytester):
    pytester.makefile(".md", guide='<!-- snipcheck: timeout="soon" -->\n' + GUIDE[GUIDE.index("```") :])
    result = pytester.runpytest("--snipcheck")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*guide.md:2:*timeout*"])
