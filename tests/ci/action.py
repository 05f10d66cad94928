#!/usr/bin/env python3
"""Runs the steps of action.yml as a runner of GitHub would, for a project with one wrong output.

    python3 -m venv venv && venv/bin/pip install pyyaml && venv/bin/python tests/ci/action.py

The package is built from this repository, which takes a Rust toolchain and some minutes.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = "```python\nprint(1 + 1)  # 3\n```\n"


def main():
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text())
    with tempfile.TemporaryDirectory() as top:
        project, temporary = Path(top, "project"), Path(top, "runner")
        project.mkdir()
        temporary.mkdir()
        Path(project, "guide.md").write_text(GUIDE)
        given = {"args": '"guide.md" --timeout 5s', "python": sys.executable, "report": "snipcheck.sarif"}
        known = {
            "github.action_path": str(REPOSITORY),
            "runner.temp": str(temporary),
            **{f"inputs.{name}": given.get(name, said["default"]) for name, said in action["inputs"].items()},
        }

        def filled(text):
            return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: known[found[1]], text)

        outputs, summary = Path(top, "outputs"), Path(top, "summary")
        outputs.touch()
        for step in action["runs"]["steps"]:
            environment = {name: filled(value) for name, value in step["env"].items()}
            environment |= {"GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary)}
            line = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(line, cwd=project, env=os.environ | environment, capture_output=True, text=True)
            print(f"-- {step['name']}: {done.returncode}\n{done.stdout}{done.stderr}")
        assert done.returncode == 1, "the last step fails as the guide does"
        assert "::error file=guide.md,line=2" in done.stdout, "the line is marked"
        assert outputs.read_text() == "exit-code=1\n"
        assert "guide.md" in summary.read_text(), "the page of the run has a summary"
        assert Path(project, "snipcheck.sarif").exists()
    print("the action does what it says")


if __name__ == "__main__":
    main()
