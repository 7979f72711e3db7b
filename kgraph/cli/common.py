"""Options and output that commands share."""

from __future__ import annotations

import sys
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, BinaryIO

import click

from kgraph.cli.failures import shown
from kgraph.errors import UnknownNameError
from kgraph.extract.registry import reader_names
from kgraph.files import write_file, writing
from kgraph.model.dates import is_edtf
from kgraph.sources.report import SourceReport

# How wide a table may be where no terminal says it, in characters.
PLAIN_WIDTH = 80

store_option = click.option(
    "--store",
    "store",
    default="exports",
    show_default=True,
    metavar="FOLDER|URL",
    help="Folder of a build, or the URL of a SPARQL server (fuseki+http://HOST/DATASET, …).",
)
knowledge_option = click.option(
    "--knowledge",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder with Turtle files of your own frames, actors and issues, and what kgraph calibrate wrote.",
)

strict_option = click.option("--strict", is_flag=True, help="Stop at the first file that cannot be read (exit code 2).")
links_option = click.option("--follow-links", is_flag=True, help="Follow links that lead out of the given folders.")

reader_option = click.option(
    "--reader",
    "readers",
    metavar="NAMES",
    help="Who reads, separated by commas; default: every reader that the program is set up with.",
)
min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="NUMBER",
    help="Leave out statements below this confidence.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Read with N processes; worth it from some dozens of documents on.",
)


dask_option = click.option(
    "--dask",
    metavar="ADDRESS",
    help="Read on a Dask cluster: the address of its scheduler (tcp://HOST:8786), or local for --jobs workers here.",
)


def say_left_out(report: SourceReport) -> None:
    """Tell on standard error what was left out of the sources, and what of their headers was not used."""
    for line in report.lines():
        click.echo(f"kgraph: {shown(line)}", err=True)


confidence_option = click.option(
    "--min-confidence",
    "confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="SHARE",
    help="Only statements that are read at least as surely, 0 to 1.",
)


def limit_option(what: str) -> Callable[[Any], Any]:
    """``--limit N``, the most of what a command gives."""
    return click.option("--limit", type=click.IntRange(1), metavar="N", help=f"At most so many {what}.")


def output_option(what: str) -> Callable[[Any], Any]:
    """``-o FILE``, where ``-`` is standard output."""
    return click.option(
        "-o",
        "--output",
        default="-",
        show_default="standard output",
        metavar="FILE",
        help=f"Where to write {what}; - is standard output.",
    )


def format_option(names: tuple[str, ...], default: str) -> Callable[[Any], Any]:
    """``-f FORMAT``; an unknown name is answered with the nearest ones."""
    return click.option(
        "-f",
        "--format",
        "form",
        default=default,
        show_default=True,
        metavar="FORMAT",
        help=f"One of: {', '.join(names)}.",
    )


def last_day(text: str) -> str:
    """The last day of a year, month or day as people write it in ISO form; raises BadParameter for anything else."""
    if not is_edtf(text) or "/" in text:
        raise click.BadParameter(f"{text!r} is not a day, month or year; write 2025-12-31, 2025-12 or 2025")
    if len(text) == 4:
        return f"{text}-12-31"
    return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]:02}" if len(text) == 7 else text


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


def known(what: str, name: str, names: tuple[str, ...]) -> str:
    """The name, if it is one of the names; raises UnknownNameError with the nearest ones."""
    if name not in names:
        raise UnknownNameError(what, name, names)
    return name


def write(content: bytes, output: str) -> None:
    """Bytes to a file, whole or not at all, or to standard output."""
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write_file(Path(output), content)


@contextmanager
def stream(output: str) -> Iterator[BinaryIO]:
    """A file that is there only once it is whole, or standard output."""
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with writing(Path(output)) as out:
        yield out


def print_table(columns: list[str], rows: list[list[str]], empty: str = "no rows", output: str = "-") -> None:
    """Rows as people read them, on standard output as wide as the terminal, in a pipe or file 80 columns wide."""
    if not rows:
        click.echo(empty, err=True)
        return
    from kgraph.cli.tables import as_text

    terminal = output == "-" and sys.stdout.isatty()
    write(as_text(columns, rows, get_terminal_size().columns if terminal else PLAIN_WIDTH).encode(), output)


@contextmanager
def progress(what: str, total: int | None = None, unit: str = "documents") -> Iterator[Callable[[int], None] | None]:
    """A counter on standard error from the first thing that is done on; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    of_total = f" of {total}" if total is not None else ""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed}" + f"{of_total} {unit}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        *((TimeRemainingColumn(),) if total is not None else ()),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=total, rate="")

    def advance(count: int) -> None:
        # Only now: before the first document is read, somebody may be asked something on the same terminal.
        bar.start()
        bar.advance(task, count)
        speed = bar.tasks[0].speed
        bar.update(task, rate=f"{speed:.1f} a second" if speed else "")

    try:
        yield advance
    finally:
        bar.stop()


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
        click.echo(f"kgraph: stopped; {what}", err=True)
        sys.exit(2)
