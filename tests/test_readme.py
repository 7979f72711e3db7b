"""The README is true: its generated parts are fresh, its commands run, every command appears."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.cli import COMMANDS
from tests.readme_parts import README, filled

ROOT = Path(__file__).parent.parent
TEXT = README.read_text(encoding="utf-8")
TOUR = [
    line[2:].split("  #")[0]
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ kgraph")
]


def test_generated_parts_are_fresh():
    assert filled(TEXT) == TEXT


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


@pytest.mark.parametrize("command", TOUR)
def test_the_tour_runs(folder, command):
    arguments = [a for a in shlex.split(command.split(" | ")[0].split(" > ")[0])[1:] if a != "--open"]
    result = subprocess.run([sys.executable, "-m", "kgraph", *arguments], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


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
