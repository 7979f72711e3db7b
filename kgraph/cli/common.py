"""Options and output that commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, BinaryIO

import click

from kgraph.errors import UnknownNameError
from kgraph.files import write_file, writing

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

links_option = click.option("--follow-links", is_flag=True, help="Follow links that lead out of the given folders.")


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
