"""The formats that a graph is exported to. A new one is a module with its ``Format``, and a line here."""

from __future__ import annotations

from kgraph.export import networks, rdf, tables
from kgraph.export.format import Format

FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        rdf.TURTLE,
        rdf.TRIG,
        rdf.NTRIPLES,
        rdf.NQUADS,
        rdf.JSONLD,
        rdf.RDFXML,
        networks.GRAPHML,
        networks.GEXF,
        networks.CYTOSCAPE,
        networks.NEO4J,
        tables.CSV,
        tables.MENTIONS,
        tables.JSON_LINES,
    )
}
