"""The README is true: its generated parts are fresh, its commands run, every command appears."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.cli import cli
from tests.readme_parts import README, filled

ROOT = Path(__file__).parent.parent
TEXT = README.read_text(encoding="utf-8")
COMMANDS = [line[2:].split("  #")[0] for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
            if line.startswith("$ kgraph")]


def test_generated_parts_are_fresh():
    assert filled(TEXT) == TEXT


def test_every_command_appears_in_the_tour_or_table():
    for name in cli.commands:
        assert f"kgraph {name}" in TEXT


def test_the_tour_is_collected():
    assert len(COMMANDS) >= 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "seeds", made / "seeds")
    subprocess.run([sys.executable, "-m", "kgraph", "build", "seeds", "-o", "exports"], cwd=made, check=True, capture_output=True)
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_the_tour_runs(folder, command):
    arguments = [a for a in shlex.split(command.split(" | ")[0].split(" > ")[0])[1:] if a != "--open"]
    result = subprocess.run([sys.executable, "-m", "kgraph", *arguments], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_shown_output_is_real(folder):
    """A line of output under a command in the tour stands in what the command prints."""
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        command = None
        printed = ""
        for line in block.splitlines():
            if line.startswith("$ kgraph"):
                command = line[2:]
                arguments = [a for a in shlex.split(command.split(" | ")[0])[1:] if a != "--open"]
                result = subprocess.run([sys.executable, "-m", "kgraph", *arguments], cwd=folder, capture_output=True, text=True)
                printed = result.stdout + result.stderr
            elif command and line.strip() and line.strip() != "…":
                assert line.strip() in printed, (command, line)
