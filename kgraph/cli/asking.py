"""query."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

import click
from pyoxigraph import QueryBoolean, QuerySolutions

from kgraph import vocabulary
from kgraph.cli.common import (
    SECONDS,
    confidence_option,
    echo,
    format_option,
    known,
    limit_option,
    negotiation_option,
    output_option,
    print_table,
    rows_in_words,
    spreadsheet_option,
    store_option,
    stream,
    working,
    write,
)
from kgraph.errors import QueryLimitError, UnknownNameError
from kgraph.export.tables import without_formulas
from kgraph.model.wording import count
from kgraph.namespaces import NEG, short
from kgraph.rdf.lookup import MATTER_CLASSES, begun_by, checked_parameters, find_negotiation
from kgraph.rdf.query import (
    Answer,
    Queryable,
    ask,
    columns_and_rows,
    filled_in,
    named_queries,
    named_query,
    serialize_answer,
    write_answer,
)
from kgraph.rdf.sparql import FORMS, tokens
from kgraph.rdf.store import open_queryable
from kgraph.rdf.worker import ask_safely

# How many names are told that a name is the beginning of.
_MOST_TOLD = 3
QUERY_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdfxml")
# What people ask for as a query, and the command that finds it.
_ANALYSED = {"reversals": "positions --reversals"}


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("query", required=False)
@click.option(
    "--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Read the query from a file."
)
@click.option("--list", "listing", is_flag=True, help="List the named queries with their parameters.")
@click.option(
    "--param",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a named query; --NAME VALUE is the same.",
)
@limit_option("rows or triples")
@negotiation_option
@confidence_option
@click.option(
    "--timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="Stop the query after this time; default: never.",
)
@format_option(QUERY_FORMATS, "table")
@spreadsheet_option
@output_option("the answer")
@store_option
@click.pass_context
def query(
    context: click.Context,
    query: str | None,
    file: Path | None,
    listing: bool,
    pairs: tuple[str, ...],
    limit: int | None,
    timeout: float | None,
    negotiation: str | None,
    confidence: float,
    form: str,
    spreadsheet_safe: bool,
    output: str,
    store: str,
) -> None:
    """Ask the graph: QUERY is SPARQL 1.1, the name of a named query, or - for standard input.

    The ontology's prefixes (neg:, kg:, skos:, prov:, oa: …) are declared already. CONSTRUCT and DESCRIBE answer in ttl,
    nt, jsonld or rdfxml. An actor or a matter is found by any of its names.

    \b
    Examples:
      kgraph query --list
      kgraph query who-rejected-what --actor Russia
      kgraph query about --matter "Istanbul agreements" -f csv
      kgraph query "SELECT * WHERE { ?who neg:rejects ?what }" --limit 20
      kgraph query "DESCRIBE kg:build" -f ttl
      kgraph query about --matter ceasefire --negotiation "Peace settlement"
      kgraph query positions-of --actor Zelensky --store URL
    """
    if listing:
        _list()
        return
    known("format", form, QUERY_FORMATS)
    text = _text(query, file)
    if text.strip() in _ANALYSED:
        raise click.UsageError(f"{text.strip()} take more than a query can tell: kgraph {_ANALYSED[text.strip()]}")
    if is_name(text) and text.strip() not in named_queries():
        words = " ".join([text.strip(), *_words(context.args)])
        if text.strip().upper() in FORMS and words != text.strip():
            raise click.UsageError(f"SPARQL stands in quotes: kgraph query '{words}'")
        raise UnknownNameError("query", words, named_queries())
    parameters = _parameters(pairs, context.args)
    if is_name(text):
        text = _filled_in(text.strip(), parameters, store)
    elif parameters:
        raise click.UsageError("parameters belong to named queries; write the values into the SPARQL itself")
    else:
        _warn_of_terms(text)
    process = find_negotiation(open_queryable(store), negotiation) if negotiation is not None else ""
    with working("asking"):
        answer = _safely(store, text, timeout, limit, confidence, process)
    if form == "csv" and spreadsheet_safe:
        write(without_formulas(serialize_answer(answer, form)), output)
    else:
        _answer(answer, form, output, limit)


def _list() -> None:
    """The named queries with what each takes."""
    rows = [[q.name, q.question, " ".join(f"--{name}" for name in q.parameters)] for q in named_queries().values()]
    total = f"{count(len(rows), 'question')} that the graph answers; ask one with `kgraph query NAME`"
    print_table(["name", "question", "takes"], rows, total=total)


def is_name(text: str) -> bool:
    """Whether a text is the name of a query rather than SPARQL."""
    return " " not in text.strip() and "{" not in text


def _filled_in(name: str, parameters: dict[str, str], store: str) -> str:
    opened = open_queryable(store)
    terms = checked_parameters(opened, name, parameters)
    for parameter in named_query(name).parameters.values():
        if parameter.asked and parameter.name not in parameters:
            raise click.UsageError(
                f"{name} needs --{parameter.name}, {parameter.meaning}; for instance: "
                f"kgraph query {name} --{parameter.name} {shlex.quote(_most_told(opened))}"
            )
    for parameter_name, found in terms.items():
        _tell_beginning(opened, parameter_name, parameters[parameter_name], [term.value for term in found])
    return filled_in(name, terms)


def _most_told(store: Queryable) -> str:
    """The matter that the graph says most about, as an example."""
    matters = " ".join(f"<{kind}>" for kind in MATTER_CLASSES)
    rows = ask(
        store,
        f"SELECT ?name WHERE {{ VALUES ?kind {{ {matters} }} ?s rdf:object ?o . ?o a ?kind ; skos:prefLabel ?name }} "
        "GROUP BY ?name ORDER BY DESC(COUNT(?s)) ?name LIMIT 1",
    )
    assert isinstance(rows, QuerySolutions)
    return next((str(getattr(row["name"], "value", "")) for row in rows), "ceasefire")


def _tell_beginning(store: Queryable, parameter: str, value: str, things: list[str]) -> None:
    """Say what was understood where a name is only the beginning of one."""
    begun = begun_by(store, value, things)
    if begun:
        names = [called if called == preferred else f"{called} ({preferred})" for preferred, called in begun.items()]
        more = f" and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
        echo(
            f"--{parameter} {value}: taken as the beginning of {'; '.join(sorted(names)[:_MOST_TOLD])}{more}", err=True
        )


def _ontology_terms() -> set[str]:
    """Every term of the ontology, as a query writes it."""
    kinds = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    named = [value for value in vars(vocabulary.Term).values() if isinstance(value, str)]
    addresses = [*named, *(member.iri for kind in kinds for member in kind if hasattr(member, "iri"))]
    return {short(address) for address in addresses if address.startswith(NEG)}


def _warn_of_terms(text: str) -> None:
    """Say which terms of a query the ontology does not have: they match nothing."""
    terms = _ontology_terms()
    for name in dict.fromkeys(text[t.start : t.end] for t in tokens(text) if t.kind == "name"):
        if name.startswith("neg:") and name not in terms:
            nearest = UnknownNameError("term", name, terms).nearest
            hint = f"; did you mean {', '.join(nearest)}?" if nearest else ""
            echo(f"kgraph: the ontology has no term {name}, so that nothing matches it{hint}", err=True)


def _answer(answer: Answer, form: str, output: str, limit: int | None) -> None:
    if form == "table" and isinstance(answer, QuerySolutions):
        columns, rows = columns_and_rows(answer)
        print_table(
            columns, [list(map(short, row)) for row in rows], output=output, total=rows_in_words(len(rows), limit)
        )
    elif form == "table" and isinstance(answer, QueryBoolean):
        write(b"yes\n" if answer else b"no\n", output)
    else:
        with stream(output) as out:
            write_answer(answer, "ttl" if form == "table" else form, out, limit)


def _safely(
    store: str, text: str, timeout: float | None, limit: int | None, confidence: float, negotiation: str
) -> Answer:
    try:
        return ask_safely(store, text, timeout, limit, confidence, negotiation=negotiation)
    except QueryLimitError as error:
        raise QueryLimitError(error.limit, f"{error}; raise --timeout, or ask for less") from error


def _text(query: str | None, file: Path | None) -> str:
    if file is not None or query == "-":
        try:
            return (file.read_bytes() if file is not None else sys.stdin.buffer.read()).decode("utf-8")
        except UnicodeDecodeError as error:
            raise click.UsageError(f"{file or 'standard input'} is not a SPARQL query in UTF-8") from error
    if query is None:
        raise click.UsageError("give a query, its name, --file or --list; for instance: kgraph query --list")
    if query.startswith("-"):
        raise click.UsageError(f"there is no option {query}; parameters come after the name of a query")
    return query


def _words(extra: list[str]) -> list[str]:
    """The words before the first parameter: who forgets the hyphens of a name, or the quotes, meant them with it."""
    return list(takewhile(lambda word: not word.startswith("-"), extra))


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
            raise click.UsageError(
                f"unexpected {name!r}: a SPARQL query stands in quotes, and a parameter has a name (--actor Norway)"
            )
        key, equals, value = name[2:].partition("=")
        if not equals:
            if not rest:
                raise click.UsageError(f"{name} needs a value")
            value = rest.pop(0)
        found[key] = value
    return found
