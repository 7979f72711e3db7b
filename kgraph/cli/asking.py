"""query, export and view."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgraph.cli.common import format_option, known, output_option, print_table, store_option, write

QUERY_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("query", required=False)
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Read the query from a file.")
@click.option("--list", "listing", is_flag=True, help="List the named queries with their parameters.")
@click.option("--param", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter of a named query; --NAME VALUE is the same.")
@format_option(QUERY_FORMATS, "table")
@output_option("the answer")
@store_option
@click.pass_context
def query(context: click.Context, query: str | None, file: Path | None, listing: bool, pairs: tuple[str, ...], form: str, output: str,
          store: str) -> None:
    """Ask the graph: QUERY is SPARQL 1.1, the name of a named query, or - for standard input.

    The ontology's prefixes (neg:, kg:, skos:, prov:, oa: …) are declared already. CONSTRUCT and DESCRIBE answer in ttl or nt.

    \b
    Examples:
      kgraph query --list
      kgraph query who-rejected-what --actor Russia
      kgraph query about --matter "Istanbul agreements" -f csv
      kgraph query "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s rdf:predicate ?p } GROUP BY ?p"
      kgraph query "DESCRIBE kg:build" -f ttl
    """
    from kgraph.query import named_queries

    if listing:
        print_table(["name", "question", "parameters"], [
            [q.name, q.question, "\n".join(f"--{name} {meaning}" for name, meaning in q.parameters.items())] for q in named_queries().values()])
        return
    known("format", form, QUERY_FORMATS)
    text = _text(query, file)
    parameters = _parameters(pairs, context.args)
    _answer(text, parameters, form, output, store)


def _answer(text: str, parameters: dict[str, str], form: str, output: str, store: str) -> None:
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kgraph.query import ask, ask_named, columns_and_rows, serialize_answer
    from kgraph.store import open_store

    opened = open_store(store)
    named = " " not in text.strip() and "{" not in text
    if parameters and not named:
        raise click.UsageError("parameters belong to named queries; write the values into the SPARQL itself")
    answer = ask_named(opened, text.strip(), parameters) if named else ask(opened, text)
    if form == "table" and isinstance(answer, QuerySolutions):
        print_table(*columns_and_rows(answer), output=output)
    elif form == "table" and isinstance(answer, QueryBoolean):
        write(b"yes\n" if answer else b"no\n", output)
    else:
        write(serialize_answer(answer, "ttl" if form == "table" else form), output)


def _text(query: str | None, file: Path | None) -> str:
    if file is not None or query == "-":
        try:
            return (file.read_bytes() if file is not None else sys.stdin.buffer.read()).decode("utf-8")
        except UnicodeDecodeError as error:
            raise click.UsageError(f"{file or 'standard input'} is not a SPARQL query in UTF-8") from error
    if query is None:
        raise click.UsageError("give a query, its name, --file or --list; for instance: kgraph query --list")
    return query


def _parameters(pairs: tuple[str, ...], extra: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--param {pair!r} is not NAME=VALUE")
        found[name] = value
    rest = list(extra)
    while rest:
        name = rest.pop(0)
        if not name.startswith("--"):
            raise click.UsageError(f"unexpected {name!r}; put a SPARQL query in quotes")
        key, equals, value = name[2:].partition("=")
        if not equals:
            if not rest:
                raise click.UsageError(f"{name} needs a value")
            value = rest.pop(0)
        found[key] = value
    return found


@click.command()
@click.option("-f", "--format", "form", default="ttl", show_default=True, metavar="FORMAT", help="See --list.")
@click.option("--list", "listing", is_flag=True, help="List the formats.")
@output_option("the export")
@store_option
def export(form: str, listing: bool, output: str, store: str) -> None:
    """Write the graph in the format of another tool.

    \b
    Examples:
      kgraph export -f ttl -o graph.ttl
      kgraph export -f graphml -o network.graphml
      kgraph export -f csv | head
    """
    from kgraph.export import export as run
    from kgraph.export import formats
    from kgraph.store import open_store

    if listing:
        print_table(["format", "what it is"], [[name, meaning] for name, (meaning, _) in formats().items()])
        return
    known("format", form, tuple(formats()))
    write(run(open_store(store), form), output)


@click.command()
@click.option("-o", "--output", metavar="FOLDER", help="Where the pages go; default: the build's folder.")
@click.option("--open", "open_page", is_flag=True, help="Open the network in the browser.")
@store_option
def view(output: str | None, open_page: bool, store: str) -> None:
    """Write network.html and timeline.html from a build; they open with no network.

    \b
    Examples:
      kgraph view --open
      kgraph view --store exports -o /tmp/pages
    """
    from kgraph.errors import StoreError
    from kgraph.store import STORE_FOLDER, open_store
    from kgraph.views.pages import write_pages

    opened = open_store(store)
    built = Path(store)
    folder = Path(output) if output else built.parent if built.name == STORE_FOLDER else built
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}; choose another folder with -o") from error
    paths = write_pages(opened, folder)
    for name, path in paths.items():
        click.echo(f"{name:9}{path}")
    if open_page:
        click.launch(paths["network"].resolve().as_uri())
