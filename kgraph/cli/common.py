"""Options and output that commands share."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import nan
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kgraph.build.folder import refuse_own
from kgraph.cli.failures import shown
from kgraph.errors import UnknownNameError
from kgraph.files import writing
from kgraph.model.wording import count
from kgraph.progress import Progress, silent

if TYPE_CHECKING:
    from rich.progress import TaskID

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

# What engines can count to.
_MOST_COUNTED = 2**63 - 1

links_option = click.option("--follow-links", is_flag=True, help="Follow links that lead out of the given folders.")


class Number(click.FloatRange):
    """A number within bounds; "nan" is within none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that was written; raises BadParameter that says which numbers there may be."""
        try:
            found = float(value)
        except ValueError:
            found = nan
        low = self.min is None or (found > self.min if self.min_open else found >= self.min)
        if not (low and (self.max is None or found <= self.max)):
            least = f"above {self.min:,.9g}" if self.min_open else f"from {self.min:,.9g}"
            self.fail(f"{value} is no number {least} to {self.max:,.9g}", param, ctx)
        return found


class Whole(click.IntRange):
    """A whole number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that was written; raises BadParameter that says which numbers there may be."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            # Whoever writes 0 need not read what engines can count to.
            is_low = self.max == _MOST_COUNTED and len(str(value)) < len(str(self.max))
            to = " on" if is_low or self.max is None else f" to {self.max}"
            self.fail(f"{value} is no whole number from {self.min}{to}", param, ctx)


SHARE = Number(0, 1)
COUNT, NATURAL = Whole(1, _MOST_COUNTED), Whole(0, _MOST_COUNTED)
# Eleven days; a longer time is more than clocks of the system can be set to.
SECONDS = Number(0, 1_000_000, min_open=True)

confidence_option = click.option(
    "--min-confidence",
    "confidence",
    type=SHARE,
    default=0.0,
    show_default=True,
    metavar="SHARE",
    help="Only statements with at least this confidence (0 to 1).",
)

negotiation_option = click.option("--negotiation", metavar="NAME", help="Only one negotiation, by its name.")


def limit_option(what: str) -> Callable[[Any], Any]:
    """``--limit N``, the most of what a command gives."""
    return click.option("--limit", type=COUNT, metavar="N", help=f"At most this many {what}.")


spreadsheet_option = click.option(
    "--spreadsheet-safe", is_flag=True, help="In CSV, keep spreadsheets from treating cells as formulas."
)


def server_address(context: click.Context, option: click.Parameter, given: str | None) -> str | None:
    """The address of a SPARQL server; a folder given for one would part the graph from its build."""
    if given is not None and "://" not in given:
        raise click.BadParameter(f"{given} is no address (http://…); for the build in a folder write `-o {given}`")
    return given


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


def echo(text: str, err: bool = False) -> None:
    """A line for people on standard error or output; what a terminal would act on is escaped."""
    click.echo(shown(text) if err or sys.stdout.isatty() else text, err=err)


def write(content: bytes, output: str) -> None:
    """Bytes to a file, whole or not at all, or to standard output; on a terminal as it can be shown."""
    with stream(output) as out:
        out.write(content)


@contextmanager
def stream(output: str) -> Iterator[BinaryIO]:
    """A file that is there only once it is whole, or standard output; on a terminal what it would act on is
    escaped."""
    if output != "-":
        refuse_own(Path(output))
        with writing(Path(output)) as out:
            yield out
    elif sys.stdout.isatty():
        shown_at_last = io.BytesIO()
        yield shown_at_last
        click.echo(shown(shown_at_last.getvalue().decode("utf-8", "replace").replace("\r\n", "\n")), nl=False)
    else:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


def show(text: str, output: str = "-") -> None:
    """Text for people: through the reader's pager where it is longer than the terminal, else as it is."""
    terminal = output == "-" and sys.stdout.isatty()
    if terminal and text.count("\n") >= get_terminal_size().lines:
        click.echo_via_pager(shown(text))
    else:
        write(text.encode(), output)


def print_table(
    columns: list[str], rows: list[list[str]], empty: str = "no rows", output: str = "-", total: str = ""
) -> None:
    """Rows as people read them, on standard output as wide as the terminal, in a pipe or file 80 columns wide.

    ``total`` says before them how much there is; where the rows go into a pipe or file, on standard error.
    """
    if not rows:
        echo(empty, err=True)
        return
    from kgraph.cli.tables import as_text

    terminal = output == "-" and sys.stdout.isatty()
    if total and not terminal:
        echo(total, err=True)
    table = as_text(columns, rows, get_terminal_size().columns if terminal else PLAIN_WIDTH)
    show(f"{total}\n\n{table}" if total and terminal else table, output)


def rows_in_words(found: int, limit: int | None, noun: str = "row") -> str:
    """How many rows there are; where a limit cut them, that there may be more."""
    words = count(found, noun)
    return f"The first {words} (--limit)" if found == limit else words


@contextmanager
def progress() -> Iterator[Progress]:
    """What is being done, how much of it is done, how fast and how much longer it takes, on standard error.

    It appears with the first stage (before, somebody may be asked something on the same terminal), and not in a pipe.
    """
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(16),
        TextColumn("{task.fields[counted]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    bars = Bars(*columns, console=Console(stderr=True), transient=True)
    stages: dict[str, TaskID] = {}

    def tell(stage: str, done: int = 0, total: int | None = None) -> None:
        if stage not in stages:
            bars.start()
            for earlier in stages.values():
                bars.remove_task(earlier)
            stages.clear()
            stages[stage] = bars.add_task(stage, total=total, counted="")
        counted = f"{done:,} of {total:,}" if total is not None else f"{done:,}" if done else ""
        bars.update(stages[stage], completed=done, total=total, counted=counted)

    try:
        yield tell
    finally:
        bars.stop()


@contextmanager
def working(on: str) -> Iterator[None]:
    """Says on a terminal what is being done, with the time that it has taken, until it is done."""
    with progress() as tell:
        tell(on)
        yield
