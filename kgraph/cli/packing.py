"""pack and unpack."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgraph.build.folder import refuse_own
from kgraph.build.pack import is_current
from kgraph.build.pack import pack as write_pack
from kgraph.build.pack import unpack as build_from
from kgraph.cli.building import say
from kgraph.cli.common import echo, store_option, working
from kgraph.model.wording import count
from kgraph.rdf.store import is_url


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--check", is_flag=True, help="Only check whether FILE holds what the build holds now; exit 1 if it does not."
)
@store_option
def pack(file: str, check: bool, store: str) -> None:
    """Write a build into one file: sources, graphs, cache, judgements and knowledge.

    `kgraph unpack` builds from it elsewhere, to the same bytes, without reading a document again.

    \b
    Examples:
      kgraph pack talks.zip
      kgraph pack talks.zip --check
    """
    if is_url(store):
        raise click.UsageError("only a build in a folder can be packed; name it with --store FOLDER")
    if check:
        current = is_current(file, store)
        echo(f"{file} is {'current' if current else 'older than the build, or of another'}", err=True)
        sys.exit(0 if current else 1)
    refuse_own(Path(file))
    with working("packing"):
        packed = write_pack(store, file)
    for source in packed.gone:
        echo(f"{source} is gone; its text is in the pack all the same", err=True)
    echo(f"{count(packed.documents, 'document')} and {count(packed.sources, 'file')} of sources packed", err=True)
    echo(file)


@click.command()
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", required=True, metavar="FOLDER", help="A new or empty folder for the build.")
def unpack(file: str, output: str) -> None:
    """Restore a packed build in a new folder, to the same bytes.

    \b
    Example:
      kgraph unpack talks.zip -o talks
    """
    with working("building what the pack holds"):
        built = build_from(file, output)
    say(built)
