"""export."""

from __future__ import annotations

from pathlib import Path

import click
from pyoxigraph import NamedNode

from kgraph.build.folder import refuse_own
from kgraph.build.opening import open_build
from kgraph.cli.common import (
    confidence_option,
    echo,
    known,
    limit_option,
    negotiation_option,
    output_option,
    print_table,
    spreadsheet_option,
    store_option,
    working,
    write,
)
from kgraph.export import export as write_export
from kgraph.export.format import Options
from kgraph.export.registry import FORMATS
from kgraph.model.selection import Selection
from kgraph.model.wording import count
from kgraph.namespaces import iri
from kgraph.rdf.excerpt import excerpt
from kgraph.rdf.graph import Graph
from kgraph.rdf.lookup import find_negotiation
from kgraph.vocabulary import Term

_TYPE, _STATEMENT = NamedNode(iri("rdf:type")), NamedNode(Term.Statement)


@click.command()
@click.option("-f", "--format", "form", default="ttl", show_default=True, metavar="FORMAT", help="See --list.")
@click.option("--list", "listing", is_flag=True, help="List the formats.")
@spreadsheet_option
@negotiation_option
@confidence_option
@limit_option("statements, the most certain first")
@output_option("the export")
@store_option
def export(
    form: str,
    listing: bool,
    spreadsheet_safe: bool,
    negotiation: str | None,
    confidence: float,
    limit: int | None,
    output: str,
    store: str,
) -> None:
    """Write the graph in the format of another tool.

    --negotiation, --min-confidence and --limit leave out statements with all that rests on them; texts, things and
    judgements stay.

    \b
    Examples:
      kgraph export -f ttl -o graph.ttl
      kgraph export -f gexf --min-confidence 0.6 -o network.gexf
      kgraph export -f csv --negotiation "Ceasefire" -o ceasefire.csv
      kgraph export -f neo4j-csv -o for-neo4j/
      kgraph export -f csv --spreadsheet-safe -o statements.csv
    """
    if listing:
        print_table(["format", "what it is"], [[name, found.meaning] for name, found in FORMATS.items()])
        return
    known("format", form, tuple(FORMATS))
    if output == "-" and FORMATS[form].folder:
        raise click.UsageError(f"{form} is several files; name a folder with -o")
    opened = open_build(store)
    graph: Graph = opened
    process = find_negotiation(opened.store, negotiation) if negotiation is not None else ""
    selection = Selection(confidence=confidence, most=limit, negotiation=process)
    if output != "-":
        refuse_own(Path(output))
    target, options = None if output == "-" else output, Options(spreadsheet_safe=spreadsheet_safe)
    with working(f"writing {form}"):
        if selection:
            graph = excerpt(graph, selection.apply(graph.statements()))
        content = write_export(graph, form, target, options)
    if output == "-":
        write(content, output)
        return
    statements = sum(1 for _ in graph.store.quads_for_pattern(None, _TYPE, _STATEMENT, None))
    echo(f"{count(statements, 'statement')} written as {form} to {output}", err=True)
