"""The command that the package brings."""

import signal
import subprocess
import sys
import sysconfig
import textwrap
import time
from pathlib import Path

SNIPCHECK = str(Path(sysconfig.get_path("scripts"), "snipcheck"))


def run(*arguments, folder):
    return subprocess.run([SNIPCHECK, *arguments], cwd=folder, capture_output=True, encoding="utf-8")


def test_it_reports_and_ends_as_the_program_does(tmp_path):
    (tmp_path / "guide.md").write_text("```python\nprint(1)  # 2\n```\n")
    done = run("run", "guide.md", folder=tmp_path)
    assert done.returncode == 1 and "really: 1" in done.stdout
    assert run("--version", folder=tmp_path).stdout.startswith("snipcheck ")
    assert run("run", "missing.md", folder=tmp_path).returncode == 2
    assert run("no-such-command", folder=tmp_path).returncode == 2
    as_module = subprocess.run([sys.executable, "-m", "snipcheck", "--version"], cwd=tmp_path, capture_output=True)
    assert as_module.returncode == 0


def test_a_package_that_is_installed_here_is_seen_where_it_is_written(tmp_path):
    """As an editable installation does it: a `.pth` file names the folder. What is written there counts at once."""
    source = tmp_path / "project" / "src"
    (source / "shop").mkdir(parents=True)
    (source / "shop" / "__init__.py").write_text("from shop.price import price\n")
    module = source / "shop" / "price.py"
    module.write_text("def price(n):\n    return 2 * n\n")
    pth = Path(sysconfig.get_path("purelib"), "snipcheck_test_shop.pth")
    pth.write_text(f"{source}\n")
    guide = tmp_path / "guide.md"
    guide.write_text("```python\nfrom shop import price\nprint(price(3))  # 6\n```\n")
    try:
        first = run("run", "guide.md", folder=tmp_path)
        assert first.returncode == 0, first.stdout + first.stderr
        module.write_text("def price(n):\n    return 5 * n\n")
        second = run("run", "guide.md", folder=tmp_path)
        assert second.returncode == 1 and "really: 15" in second.stdout
    finally:
        pth.unlink()


def test_a_package_may_be_a_tree_of_links(tmp_path):
    """As setuptools makes it for `editable_mode=strict`."""
    source = tmp_path / "project" / "orchard"
    source.mkdir(parents=True)
    (source / "__init__.py").write_text("def pick(n):\n    return n\n")
    links = tmp_path / "build" / "orchard"
    links.mkdir(parents=True)
    (links / "__init__.py").symlink_to(source / "__init__.py")
    pth = Path(sysconfig.get_path("purelib"), "snipcheck_test_orchard.pth")
    pth.write_text(f"{links.parent}\n")
    (tmp_path / "guide.md").write_text("```python\nfrom orchard import pick\nprint(pick(3))  # 3\n```\n")
    try:
        done = run("run", "guide.md", folder=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        pth.unlink()


def test_ctrl_c_ends_it_and_what_it_runs(tmp_path):
    (tmp_path / "guide.md").write_text("```python\nimport time\nprint('here', flush=True)\ntime.sleep(60)\n```\n")
    started = subprocess.Popen(
        [SNIPCHECK, "run", "--timeout", "90s", "guide.md"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
    end = time.monotonic() + 60
    while not children.read_text() and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(1)
    started.send_signal(signal.SIGINT)
    _, complaint = started.communicate(timeout=20)
    assert started.returncode == 130
    assert b"Traceback" not in complaint


def test_without_a_name_it_is_this_python(tmp_path):
    (tmp_path / "guide.md").write_text("```python\nimport sys\nprint(sys.executable)\n```\n")
    done = run("run", "--engine", "subprocess", "--format", "json", "guide.md", folder=tmp_path)
    assert f'"stdout": "{sys.executable}\\n"' in done.stdout


def test_other_pythons_are_run_as_programs(tmp_path):
    (tmp_path / "guide.md").write_text("```python\nprint(1)  # 1\n```\n")
    code = textwrap.dedent("import sys; print(sys.executable)")
    base = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8").stdout.strip()
    done = run("run", "--python", base, "guide.md", folder=tmp_path)
    assert done.returncode == 0 and "subprocess" in done.stdout
