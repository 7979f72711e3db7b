"""A store in the formats of other tools. Every writer gives the same bytes for the same store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kgraph.errors import StoreError, UnknownNameError


@dataclass(frozen=True)
class Format:
    """A format: what it is, and its writer, which gives the bytes of one file, or of several by name."""

    meaning: str
    write: Callable[[Store], Any]
    folder: bool = False


def formats() -> dict[str, Format]:
    """The formats by name."""
    from kgraph.export import networks, rdf, tables

    return {
        "ttl": Format("Turtle, the union of all graphs", rdf.turtle),
        "trig": Format("TriG, one graph a document", rdf.trig),
        "nt": Format("N-Triples", rdf.ntriples),
        "nq": Format("N-Quads, one graph a document", rdf.nquads),
        "jsonld": Format("JSON-LD", rdf.jsonld),
        "rdfxml": Format("RDF/XML", rdf.rdfxml),
        "graphml": Format("GraphML network of actors and matters (yEd, igraph)", networks.graphml),
        "gexf": Format("GEXF network with the days of each edge (Gephi's timeline)", networks.gexf),
        "cytoscape": Format("Cytoscape JSON network", networks.cytoscape),
        "neo4j-csv": Format(
            "a folder with nodes.csv and relationships.csv for neo4j-admin import", networks.neo4j, folder=True
        ),
        "csv": Format("CSV table of statements", tables.csv_table),
        "jsonl": Format("JSON Lines, the records of `kgraph extract`", tables.json_lines),
    }


def export(store: Store, form: str, output: str | Path | None = None, spreadsheet_safe: bool = False) -> bytes:
    """The store in a format; written to ``output``, each file whole or not at all, where given.

    ``spreadsheet_safe`` keeps the cells of a CSV table from being taken for formulas. A format of several files needs ``output``, its folder,
    and gives nothing back. Raises UnknownNameError, StoreError.
    """
    from kgraph.export.tables import csv_table
    from kgraph.files import write_file

    known = formats()
    if form not in known:
        raise UnknownNameError("format", form, known)
    if known[form].folder:
        if output is None:
            raise StoreError(f"{form} is several files; name a folder for them")
        _write_folder(Path(output), known[form].write(store))
        return b""
    content: bytes = csv_table(store, spreadsheet_safe) if form == "csv" else known[form].write(store)
    if output is not None:
        write_file(Path(output), content)
    return content


def _write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    from kgraph.files import write_file

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    for name, content in contents.items():
        write_file(folder / name, content)
