"""view."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from pyoxigraph import Store

from kgraph.build.folder import refuse_own
from kgraph.build.opening import open_build
from kgraph.cli.common import (
    Whole,
    confidence_option,
    echo,
    known,
    limit_option,
    negotiation_option,
    store_option,
    working,
)
from kgraph.cli.dates import last_day
from kgraph.errors import StoreError
from kgraph.model.selection import Selection
from kgraph.rdf.lookup import find_negotiation, find_thing
from kgraph.rdf.store import is_url
from kgraph.views.pages import write_pages
from kgraph.vocabulary import Relation


@click.command()
@click.option("-o", "--output", metavar="FOLDER", help="Where the pages go; default: the build's folder.")
@click.option(
    "--focus",
    multiple=True,
    metavar="NAME|IRI",
    help="Only what is around this actor or matter; may be given more than once.",
)
@click.option(
    "--depth",
    type=Whole(1, 5),
    default=1,
    show_default=True,
    metavar="STEPS",
    help="How many steps around --focus.",
)
@click.option(
    "--as-of", metavar="DATE", help="Only what can have happened by this day, month or year; undated moves are kept."
)
@click.option(
    "--relations", metavar="NAMES", help="Only these relations, separated by commas: proposes,rejects,conditionsOn."
)
@click.option(
    "--title",
    default="",
    metavar="WORDS",
    help="Title of the pages; default: the build's, else the names of the negotiations.",
)
@click.option(
    "--with-sparql", is_flag=True, help="Also write ask.html: the page with the graph and a SPARQL engine inside."
)
@click.option(
    "--open", "open_page", is_flag=True, help="Open the network (with --with-sparql: ask.html) in the browser."
)
@negotiation_option
@confidence_option
@limit_option("statements, the most certain first")
@store_option
def view(
    output: str | None,
    focus: tuple[str, ...],
    depth: int,
    as_of: str | None,
    relations: str | None,
    negotiation: str | None,
    confidence: float,
    limit: int | None,
    title: str,
    with_sparql: bool,
    open_page: bool,
    store: str,
) -> None:
    """Write network.html, timeline.html and analysis.html from a build; each is one file that opens offline.

    --focus, --as-of, --relations, --negotiation, --min-confidence and --limit cut network and timeline to an excerpt
    that says what it was cut to. What is left out is not in the file, except for the rest of the
    texts that its statements come from.

    \b
    Examples:
      kgraph view --open
      kgraph view --focus Moscow --depth 2 -o excerpt
      kgraph view --as-of 2025-12-27 --relations proposes,rejects -o excerpt
      kgraph view --with-sparql
      kgraph view --title "Talks on the strait, March" -o briefing
    """
    opened = open_build(store)
    if output is not None and not output.strip():
        raise click.UsageError("-o needs the name of a folder")
    if is_url(store) and not output:
        raise click.UsageError("say with -o where the pages of a server's graph go")
    process = find_negotiation(opened.store, negotiation) if negotiation is not None else ""
    chosen = _selection(opened.store, focus, depth, as_of, relations)
    selection = replace(chosen, negotiation=process, confidence=confidence, most=limit)
    if selection and with_sparql:
        raise click.UsageError(
            "ask.html carries the whole graph: leave out --with-sparql, or what cuts the pages to an excerpt"
        )
    if selection and not output:
        raise click.UsageError("say with -o where the excerpt goes: the build's own pages show the whole graph")
    folder = Path(output) if output else opened.folder
    if output:
        refuse_own(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}; choose another folder with -o") from error
    with working("drawing the pages"):
        paths = write_pages(opened, folder, selection, with_sparql, title or opened.title)
    for name, path in paths.items():
        echo(f"{name:9}{path}")
    if open_page:
        click.launch(paths["ask" if with_sparql else "network"].resolve().as_uri())


def _selection(store: Store, focus: tuple[str, ...], depth: int, as_of: str | None, relations: str | None) -> Selection:
    wanted = tuple(name.strip() for name in (relations or "").split(",") if name.strip())
    for name in wanted:
        known("relation", name, tuple(Relation))
    return Selection(
        tuple(find_thing(store, name) for name in focus), depth, last_day(as_of) if as_of is not None else "", wanted
    )
