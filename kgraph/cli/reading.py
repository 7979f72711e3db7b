"""Options and output of the commands that read documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kgraph.cli.common import SHARE, Whole, echo
from kgraph.extract.registry import DEFAULT_READERS, READERS, reader_names
from kgraph.sources.report import SourceReport

knowledge_option = click.option(
    "--knowledge",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder of Turtle files with frames, actors and issues of your own, and with what kgraph calibrate wrote.",
)
strict_option = click.option("--strict", is_flag=True, help="Stop at the first file that cannot be read (exit code 2).")
reader_option = click.option(
    "--reader",
    "readers",
    metavar="NAMES",
    help=f"Readers to use: any of {', '.join(READERS)}, separated by commas.  [default: {','.join(DEFAULT_READERS)}]",
)
min_confidence_option = click.option(
    "--min-confidence",
    type=SHARE,
    default=0.0,
    metavar="NUMBER",
    help="Leave out statements below this confidence.",
)
jobs_option = click.option(
    "--jobs",
    type=Whole(1, 512),
    default=1,
    show_default=True,
    metavar="N",
    help="Read with N processes; worthwhile from a few dozen documents.",
)
dask_option = click.option(
    "--dask",
    metavar="ADDRESS",
    help="Read on a Dask cluster: its scheduler's address (tcp://HOST:8786), or local for --jobs workers here.",
)


def reader_list(names: str | None) -> tuple[str, ...] | None:
    """The names that ``--reader`` gives, None where it is not given.

    Raises UnknownNameError for one that no reader has.
    """
    if names is None:
        return None
    found = reader_names(name.strip() for name in names.split(",") if name.strip())
    if not found:
        raise click.BadParameter("name at least one reader")
    return found


def say_left_out(report: SourceReport) -> None:
    """Tell on standard error what was left out of the sources, and what of their headers was not used."""
    for line in report.lines():
        echo(f"kgraph: {line}", err=True)


@contextmanager
def telling_what_stands(folder: Path) -> Iterator[None]:
    """Says, when the user stops a command that writes a build, whether the build in the folder is the old or the new
    one.
    """
    manifest = folder / "manifest.json"
    before = manifest.read_bytes() if manifest.is_file() else None
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        after = manifest.read_bytes() if manifest.is_file() else None
        what = (
            "what was built before is unchanged"
            if after == before
            else "the new graph is in place, but not all of its pages; the next build writes them"
        )
        echo(f"kgraph: stopped; {what}", err=True)
        sys.exit(2)
