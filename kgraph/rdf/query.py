"""SPARQL on a store: free queries, and the named queries that answer the ontology's competency questions."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Union

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kgraph.errors import KGraphError, QueryError, UnknownNameError
from kgraph.namespaces import PREFIXES
from kgraph.rdf.sparql import check, has_dataset, with_limit
from kgraph.rdf.store import triples_answer

if TYPE_CHECKING:
    from kgraph.rdf.store.remote import RemoteStore

Answer = QuerySolutions | QueryBoolean | QueryTriples
Queryable = Union[Store, "RemoteStore"]
ROW_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_LONGEST_REASON = 120
_HEADER = re.compile(r"^#\s?(.*)$")
_PARAMETER = re.compile(r"^param\s+(?P<name>\w+)\s+\((?P<type>\w+)(?P<asked>,\s*asked)?\)\s*:\s*(?P<meaning>.+)$")
PARAMETER_TYPES = ("actor", "matter", "thing", "text")
_POSITION = re.compile(r"error at (\d+):(\d+)")
# The engine names some mistakes in words, among the tokens that it expected.
_SAID = re.compile(r"((?:The|Duplicate|Variable|Aggregate|Blank|Invalid|Nested)\b [^\[,]{10,120})")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a named query.

    ``type`` is one of PARAMETER_TYPES: an actor, matter or thing by any of its names, or a text. Who asks at a terminal
    without one that is ``asked`` for would be answered with the whole graph.
    """

    name: str
    type: str
    meaning: str
    asked: bool = False


@dataclass(frozen=True)
class NamedQuery:
    """A query that ships with the program: its question in words, its parameters by name, its SPARQL.

    A parameter stands in the text as ``VALUES ?name { UNDEF }``, which is left out where it is not given; a text as
    ``VALUES ?name { "" }``.
    """

    name: str
    question: str
    parameters: Mapping[str, Parameter]
    text: str


@cache
def named_queries() -> dict[str, NamedQuery]:
    """The named queries by name."""
    folder = Path(str(files("kgraph.queries")))
    return {path.stem: _read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq"))}


def _read(name: str, text: str) -> NamedQuery:
    question, parameters = [], {}
    for line in text.splitlines():
        header = _HEADER.match(line)
        if header is None:
            break
        parameter = _PARAMETER.match(header.group(1))
        if parameter:
            parameters[parameter["name"]] = Parameter(
                parameter["name"], parameter["type"], parameter["meaning"], bool(parameter["asked"])
            )
        else:
            question.append(header.group(1))
    return NamedQuery(name, " ".join(question), parameters, text)


@dataclass(frozen=True)
class Dataset:
    """Which graphs a query sees.

    ``union`` makes all graphs together the default graph; ``default`` and ``named`` (IRIs; None: as the query says) are
    a request's own choice; ``prefixes`` declares the ontology's prefixes; ``base`` is what relative IRIs of the query
    are relative to.
    """

    union: bool = True
    prefixes: bool = True
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    base: str | None = None


PROJECT = Dataset()
AS_IT_IS = Dataset(union=False, prefixes=False)


def ask(store: Queryable, text: str, limit: int | None = None, dataset: Dataset = PROJECT) -> Answer:
    """Run a SPARQL 1.1 query over the union of the store's graphs; the ontology's prefixes are declared already.

    ``limit`` is the most rows that a SELECT may give.

    It is evaluated in this process, which may reach the network: right for the program's own queries, and for others
    where ``may_ask_the_network`` says no (see ``kgraph.rdf.worker.ask_safely``). Raises QueryError with line and column
    for a query that cannot be parsed, and for SERVICE as far as its text tells.
    """
    check(text)
    try:
        with evaluation():
            return store.query(with_limit(text, limit) if limit is not None else text, **_options(dataset, text))
    except SyntaxError as error:
        raise _syntax_error(text, dataset, error) from error


def _options(dataset: Dataset, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"prefixes": PREFIXES if dataset.prefixes else None}
    if dataset.base is not None:
        found["base_iri"] = dataset.base
    if dataset.default is None and dataset.named is None:
        # The engine's union would overrule FROM.
        return {**found, "use_default_graph_as_union": dataset.union and not has_dataset(text)}
    return {
        **found,
        "default_graph": [NamedNode(name) for name in dataset.default or ()],
        "named_graphs": [NamedNode(name) for name in dataset.named or ()],
    }


def named_query(name: str) -> NamedQuery:
    """A named query; raises UnknownNameError with the nearest names."""
    known = named_queries()
    if name not in known:
        raise UnknownNameError("query", name, known)
    return known[name]


def filled_in(name: str, values: Mapping[str, Iterable[NamedNode | Literal]] = MappingProxyType({})) -> str:
    """The SPARQL of a named query with the terms that its parameters may be.

    Raises UnknownNameError for a name or parameter that is not there.
    """
    query = named_query(name)
    for parameter in values:
        if parameter not in query.parameters:
            raise UnknownNameError(f"parameter of {name}", parameter, query.parameters or ("(it has none)",))
    text = query.text
    for parameter in query.parameters:
        terms = " ".join(str(term) for term in values.get(parameter, ()))
        if query.parameters[parameter].type == "text":
            text = text.replace(f'VALUES ?{parameter} {{ "" }}', f"VALUES ?{parameter} {{ {terms or Literal('')} }}", 1)
        else:
            text = text.replace(
                f"  VALUES ?{parameter} {{ UNDEF }}\n", f"  VALUES ?{parameter} {{ {terms} }}\n" if terms else "", 1
            )
    return text


def first_triples(answer: QueryTriples, limit: int) -> QueryTriples:
    """The first triples of an answer, as an answer."""
    with evaluation():
        return triples_answer(Quad(t.subject, t.predicate, t.object) for t in islice(answer, limit))


def _syntax_error(text: str, dataset: Dataset, error: SyntaxError) -> QueryError:
    """The error of the query as it was written, not of what a limit made of it."""
    try:
        Store().query(text, **_options(dataset, text))
    except SyntaxError as original:
        error = original
    return QueryError(_syntax_message(error, text))


def _syntax_message(error: SyntaxError, text: str) -> str:
    """Where the text stops making sense, and why as far as the engine's list of what it expected tells."""
    found = _POSITION.search(str(error))
    if not found:
        return f"SPARQL syntax error: {str(error).splitlines()[0][:_LONGEST_REASON]}"
    line, column = int(found.group(1)), int(found.group(2))
    lines = text.splitlines() or [""]
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    said = _SAID.search(str(error))
    prefix = re.findall(r"([\w-]*):", here[: column + 1])
    if "Prefix not found" in str(error):
        reason = f"the prefix {prefix[-1]}: is not declared" if prefix else "a prefix is not declared"
    elif said:
        reason = said.group(1).strip()
    else:
        rest = here[column - 1 :].split()
        reason = (
            f"{rest[0][:40]!r} does not fit here"
            if rest
            else "the query ends too early, or what comes before is incomplete"
        )
    return f"SPARQL syntax error at line {line}, column {column}: {reason}" + (
        f" (near: {here.strip()[:60]})" if here.strip() else ""
    )


def columns_and_rows(solutions: QuerySolutions) -> tuple[list[str], list[list[str]]]:
    """Solutions as column names and rows of plain strings (unbound is empty)."""
    columns = [variable.value for variable in solutions.variables]
    with evaluation():
        return columns, [
            ["" if row[c] is None else str(getattr(row[c], "value", row[c])) for c in columns] for row in solutions
        ]


@contextmanager
def evaluation() -> Iterator[None]:
    """The engine evaluates while its answer is read: what goes wrong then is a QueryError too."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, KGraphError):
            raise
        raise QueryError(f"the query cannot be run: {error}") from error


def write_answer(answer: Answer, form: str, out: IO[bytes], limit: int | None = None) -> None:
    """Write an answer, row for row as the engine finds it, in a format of ROW_FORMATS (SELECT, ASK) or GRAPH_FORMATS
    (CONSTRUCT, DESCRIBE).

    Triples are sorted, so that the same graph gives the same bytes; ``limit`` cuts them (rows are limited by
    ``with_limit``). Raises UnknownNameError where the format does not fit the form of the query, QueryError where it
    fails.
    """
    if isinstance(answer, QueryTriples):
        if form not in GRAPH_FORMATS:
            raise UnknownNameError("format for CONSTRUCT and DESCRIBE", form, GRAPH_FORMATS)
        with evaluation():
            triples = sorted({str(triple): triple for triple in islice(answer, limit)}.items())
        serialize((triple for _, triple in triples), out, format=GRAPH_FORMATS[form], prefixes=PREFIXES)
        return
    if form not in ROW_FORMATS:
        raise UnknownNameError("format for SELECT and ASK", form, ROW_FORMATS)
    with evaluation():
        if isinstance(answer, QueryBoolean) and form in ("csv", "tsv"):
            out.write(b"true\n" if answer else b"false\n")
        else:
            answer.serialize(out, format=ROW_FORMATS[form])


def serialize_answer(answer: Answer, form: str) -> bytes:
    """An answer as bytes; see ``write_answer``."""
    out = io.BytesIO()
    write_answer(answer, form, out)
    return out.getvalue()
