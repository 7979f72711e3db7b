"""The program as a test runs it: in this process, which saves the second that a process of its own takes to start."""

from __future__ import annotations

from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from kgraph.cli import cli


@dataclass(frozen=True)
class Done:
    """What a command gave."""

    returncode: int
    stdout: str
    stderr: str


def kgraph(*arguments: object, cwd: Path | None = None, stdin: str | None = None) -> Done:
    """Run a command in a folder."""
    with chdir(cwd or Path.cwd()):
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
    return Done(result.exit_code, result.stdout, result.stderr)
