"""SPARQL on a store: free queries, and the named queries that answer the ontology's competency questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kgraph.errors import QueryError, UnknownNameError
from kgraph.namespaces import PREFIXES

Answer = QuerySolutions | QueryBoolean | QueryTriples
ROW_FORMATS = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
GRAPH_FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
_LONGEST_REASON = 120
_HEADER = re.compile(r"^#\s?(.*)$")
_PARAMETER = re.compile(r"^param\s+(?P<name>\w+)\s*:\s*(?P<meaning>.+)$")
# What a SPARQL text is made of, as far as telling keywords from names, strings and comments needs it.
_TOKENS = re.compile(r"""(?P<skip><[^<>"{}|^`\\\s]*>|#[^\n]*|\"{3}.*?\"{3}|\'{3}.*?\'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
                     r"""|[?$@]\w+|[\w.-]*:[\w.%:-]*|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z]+)|.""", re.DOTALL)
_POSITION = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True)
class NamedQuery:
    """A query that ships with the program: its question in words, its parameters with their meaning, its SPARQL.

    A parameter stands in the text as ``VALUES ?name { "" }``: not given, it is the empty string, which matches everything.
    """

    name: str
    question: str
    parameters: Mapping[str, str]
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
            parameters[parameter["name"]] = parameter["meaning"]
        else:
            question.append(header.group(1))
    return NamedQuery(name, " ".join(question), parameters, text)


def ask(store: Store, text: str) -> Answer:
    """Run a SPARQL 1.1 query over the union of the store's graphs; the ontology's prefixes are declared already.

    Raises QueryError with line and column for a query that cannot be parsed, and for SERVICE: kgraph asks nothing of the network.
    """
    if any(match.lastgroup == "word" and match.group().upper() == "SERVICE" for match in _TOKENS.finditer(text)):
        raise QueryError("SERVICE is not allowed: kgraph answers from its own graph alone and never asks the network")
    try:
        return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(_syntax_message(error, text)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def ask_named(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """Run a named query; raises UnknownNameError for a name or parameter that is not there."""
    known = named_queries()
    if name not in known:
        raise UnknownNameError("query", name, known)
    query = known[name]
    for parameter in parameters or {}:
        if parameter not in query.parameters:
            raise UnknownNameError(f"parameter of {name}", parameter, query.parameters or ("(it has none)",))
    text = query.text
    for parameter, value in (parameters or {}).items():
        text = text.replace(f'VALUES ?{parameter} {{ "" }}', f"VALUES ?{parameter} {{ {Literal(value)} }}", 1)
    return ask(store, text)


def _syntax_message(error: SyntaxError, text: str) -> str:
    found = _POSITION.search(str(error))
    reason = re.sub(r"^error at \d+:\d+: ", "", str(error)).split("\n")[0]
    if len(reason) > _LONGEST_REASON:
        reason = "something is missing or misspelt here"
    if not found:
        return f"SPARQL syntax error: {reason}"
    line, column = int(found.group(1)), int(found.group(2))
    lines = text.splitlines()
    near = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return f"SPARQL syntax error at line {line}, column {column}: {reason}" + (f" (near: {near[:60]})" if near else "")


def columns_and_rows(solutions: QuerySolutions) -> tuple[list[str], list[list[str]]]:
    """Solutions as column names and rows of plain strings (unbound is empty)."""
    columns = [variable.value for variable in solutions.variables]
    with _evaluation():
        return columns, [["" if row[c] is None else str(getattr(row[c], "value", row[c])) for c in columns] for row in solutions]


@contextmanager
def _evaluation() -> Iterator[None]:
    """The engine evaluates while its answer is read: what goes wrong then is a QueryError too."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def serialize_answer(answer: Answer, form: str) -> bytes:
    """An answer in a format of ROW_FORMATS (SELECT, ASK) or GRAPH_FORMATS (CONSTRUCT, DESCRIBE).

    Raises UnknownNameError where the format does not fit the form of the query.
    """
    if isinstance(answer, QueryTriples):
        if form not in GRAPH_FORMATS:
            raise UnknownNameError("format for CONSTRUCT and DESCRIBE", form, GRAPH_FORMATS)
        with _evaluation():
            triples = sorted({str(triple): triple for triple in answer}.items())
        written = serialize((triple for _, triple in triples), format=GRAPH_FORMATS[form], prefixes=PREFIXES)
        return written or b""
    if form not in ROW_FORMATS:
        raise UnknownNameError("format for SELECT and ASK", form, ROW_FORMATS)
    if isinstance(answer, QueryBoolean) and form in ("csv", "tsv"):
        return b"true\n" if answer else b"false\n"
    with _evaluation():
        return answer.serialize(format=ROW_FORMATS[form]) or b""
