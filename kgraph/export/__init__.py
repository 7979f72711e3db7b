"""A store in the formats of other tools. Every writer gives the same bytes for the same store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Store

from kgraph.errors import UnknownNameError

Writer = Callable[[Store], bytes]


def formats() -> dict[str, tuple[str, Writer]]:
    """Format name → what it is, and its writer."""
    from kgraph.export import networks, rdf, tables

    return {
        "ttl": ("Turtle, the union of all graphs", rdf.turtle),
        "trig": ("TriG, one graph a document", rdf.trig),
        "nt": ("N-Triples", rdf.ntriples),
        "nq": ("N-Quads", rdf.nquads),
        "jsonld": ("JSON-LD", rdf.jsonld),
        "rdfxml": ("RDF/XML", rdf.rdfxml),
        "graphml": ("GraphML network of actors and matters (Gephi, yEd)", networks.graphml),
        "csv": ("CSV table of statements", tables.csv_table),
        "jsonl": ("JSON Lines, the records of `kgraph extract`", tables.json_lines),
    }


def export(store: Store, form: str, output: str | Path | None = None) -> bytes:
    """The store in a format; written to ``output`` (whole or not at all) where given. Raises UnknownNameError, StoreError."""
    from kgraph.files import write_file

    known = formats()
    if form not in known:
        raise UnknownNameError("format", form, known)
    content = known[form][1](store)
    if output is not None:
        write_file(Path(output), content)
    return content
