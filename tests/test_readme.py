"""The README is true: its generated parts are fresh, its commands run, every command appears."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from kgraph.cli import COMMANDS
from tests.readme_parts import PAGES, README, filled
from tests.test_supply import pins

ROOT = Path(__file__).parent.parent
TEXT = README.read_text(encoding="utf-8")
TOUR = [
    line[2:].split("  #")[0]
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ kgraph")
]

PYTHON = [
    (page.name, number, block)
    for page in (README, *sorted((ROOT / "docs").glob("*.md")))
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL))
]
# Run before a snippet: what the tests install beyond `make demo` is not there.
_AS_IN_THE_DEMO = """
import sys
from importlib.abc import MetaPathFinder
class Beyond(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {modules!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Beyond())
"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_parts_are_fresh(page):
    text = page.read_text(encoding="utf-8")
    assert "<!-- /" in text
    assert filled(text) == text


def test_every_command_appears_in_the_tour_or_table():
    for name in COMMANDS:
        assert f"kgraph {name}" in TEXT


def test_the_tour_is_collected():
    assert len(TOUR) >= 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "seeds", made / "seeds")
    subprocess.run(
        [sys.executable, "-m", "kgraph", "build", "seeds", "-o", "exports"], cwd=made, check=True, capture_output=True
    )
    return made


@pytest.mark.slow
@pytest.mark.parametrize("command", TOUR)
def test_the_tour_runs(folder, command):
    arguments = [a for a in shlex.split(command.split(" | ")[0].split(" > ")[0])[1:] if a != "--open"]
    result = subprocess.run([sys.executable, "-m", "kgraph", *arguments], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_shown_output_is_real(folder):
    """What the tour shows under a command is all that it prints, but for what an ellipsis stands for."""
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, *shown = part.splitlines()
            shown = [line for line in shown if line.strip()]
            if not shown:
                continue
            arguments = [a for a in shlex.split(command)[1:] if a != "--open"]
            result = subprocess.run(
                [sys.executable, "-m", "kgraph", *arguments], cwd=folder, capture_output=True, text=True
            )
            if "…" in shown:
                assert all(line in result.stdout + result.stderr for line in shown if line != "…"), command
            else:
                assert shown == (result.stdout or result.stderr).splitlines(), command


def _beyond_the_demo() -> set[str]:
    """The modules of the distributions that the tests need and `make demo` does not install."""
    demo, test = (set(pins(name)) for name in ("demo.txt", "test.txt"))
    assert "pandas" in test - demo
    return {
        module
        for module, distributions in packages_distributions().items()
        if {canonicalize_name(name) for name in distributions} <= test - demo
    }


def test_snippets_of_python_are_found():
    assert {page for page, _, _ in PYTHON} >= {"README.md", "interoperability.md"}


@pytest.mark.slow
@pytest.mark.parametrize(("page", "number", "block"), PYTHON, ids=[f"{page}-{number}" for page, number, _ in PYTHON])
def test_snippets_of_python_run_in_the_environment_of_the_demo(folder, tmp_path, page, number, block):
    """As a file, in the folder of the tour."""
    (tmp_path / "sitecustomize.py").write_text(_AS_IN_THE_DEMO.format(modules=_beyond_the_demo()), encoding="utf-8")
    script = folder / f"{page}-{number}.py"
    script.write_text(block, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    result = subprocess.run(
        [sys.executable, script.name],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (result.returncode, result.stderr) == (0, "")
