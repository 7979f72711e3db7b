"""A graph opened from Python: queries at the engine's speed, and doors to rdflib, networkx and pandas.

>>> import kgraph
>>> graph = kgraph.open("exports")                                             # doctest: +SKIP
>>> for row in graph.query("SELECT ?l WHERE { ?m a neg:Plan ; skos:prefLabel ?l }"):   # doctest: +SKIP
...     print(row["l"].value)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import QuerySolution, QuerySolutions, QueryTriples, Store

from kgraph.analysis.corpus import Corpus
from kgraph.build.opening import Build, open_build
from kgraph.errors import KGraphError, UnknownNameError
from kgraph.export import tables
from kgraph.export.networks import network
from kgraph.files import write_file
from kgraph.model.selection import Selection
from kgraph.namespaces import PREFIXES
from kgraph.rdf.graph import Graph as StoredGraph
from kgraph.rdf.lookup import checked_parameters, find_thing
from kgraph.rdf.query import Answer, Queryable, filled_in, first_triples
from kgraph.rdf.store import in_memory, is_url, open_queryable
from kgraph.rdf.worker import ask_safely
from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page, view_names
from kgraph.vocabulary import Term

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame
    from rdflib import Dataset

_KINDS = (
    ("documents", Term.Document),
    ("statements", Term.Statement),
    ("moves", Term.Move),
    ("pieces of evidence", Term.Evidence),
)
_MOST_SHOWN = 50


class MissingLibraryError(KGraphError, ImportError):
    """A library that only some users need is not installed; the message says how to."""


class Graph:
    """A build, by its folder or the URL of the server that holds it; read-only.

    Opening does not read the graph. ``memory`` copies it into memory when it is first asked (about 3 seconds a million
    triples), where queries are several times as fast as on disk. On a server, everything but ``query`` works on such a
    copy.
    """

    def __init__(self, location: str | Path, memory: bool = False) -> None:
        self.location = str(location)
        self.memory = memory

    def query(self, text: str, *, limit: int | None = None, timeout: float | None = None) -> Rows | Answer:
        """Run a SPARQL 1.1 query over the union of all graphs; gives rows (SELECT) as the engine finds them, its
        triples or its boolean.

        ``limit`` is the most rows or triples, ``timeout`` the most seconds. A query that may take a time only, or whose
        text has the word SERVICE anywhere, is answered by a process of its own that cannot reach the network (about 0.2
        s to start). Raises QueryError; QueryLimitError when the time is over.
        """
        found = ask_safely(self.location, text, timeout, limit, store=self._queryable)
        return _shown(first_triples(found, limit) if limit is not None and isinstance(found, QueryTriples) else found)

    def named(self, name: str, *, limit: int | None = None, **parameters: str) -> Rows | Answer:
        """Run a named query (``kgraph.rdf.query.named_queries()``); actors and matters go by any of their names."""
        terms = checked_parameters(self._queryable, name, parameters)
        return self.query(filled_in(name, terms), limit=limit)

    def rdflib(self) -> Dataset:
        """A live rdflib Dataset on the same store, with the union of all graphs as default graph.

        Read-only, as the store is.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        found = rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, address in PREFIXES.items():
            found.bind(prefix, address, replace=True)
        return found

    def networkx(self) -> MultiDiGraph:
        """Actors and matters as nodes, statements as edges with their qualifiers; see ``kgraph.export.networks``."""
        return network(self.graph)

    def to_pandas(self) -> DataFrame:
        """One row a statement, with the columns of the CSV export; raises MissingLibraryError without pandas."""
        found = _pandas().DataFrame(list(tables.rows(self.graph)), columns=list(tables.columns()))
        return found

    @cached_property
    def corpus(self) -> Corpus:
        """The statements as the analyses take them.

        ``kgraph.analysis.positions.positions(graph.corpus)`` and the like.
        """
        return Corpus(self.build)

    @cached_property
    def build(self) -> Build:
        """The build itself: statements, entities and evidence as values, its manifest, and the knowledge that it was
        read with.
        """
        return open_build(self.location)

    @cached_property
    def store(self) -> Store:
        """The quads: the embedded store itself, or a copy in memory of what the server holds."""
        found = self.build.store
        return in_memory(found) if self.memory and not is_url(self.location) else found

    @cached_property
    def graph(self) -> StoredGraph:
        """The quads with their knowledge, as exports and pages take them."""
        return StoredGraph(self.store, self.build.knowledge) if self.memory else self.build

    @cached_property
    def _queryable(self) -> Queryable:
        return open_queryable(self.location) if is_url(self.location) and not self.memory else self.store

    def show(
        self,
        *focus: str,
        depth: int = 1,
        as_of: str = "",
        relations: tuple[str, ...] = (),
        view: str = "network",
        height: int = 720,
    ) -> Page:
        """The interactive page, for a notebook, with no network: whole, or cut to what is around some things (by any of
        their names).

        ``as_of`` is an ISO day, ``view`` one of network, timeline, positions, conditions and table, ``height`` the
        pixels in the notebook. Raises UnknownNameError for names that nothing has.
        """
        if view not in view_names():
            raise UnknownNameError("view", view, view_names())
        selection = Selection(tuple(find_thing(self.store, name) for name in focus), depth, as_of, tuple(relations))
        return Page(explorer_page(page_data(self.graph, selection, self.build.title), view), height)

    def counts(self) -> Mapping[str, int]:
        """How many documents, statements, moves and pieces of evidence there are."""
        found = {}
        for name, kind in _KINDS:
            rows = self.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a <{kind}> }}")
            assert isinstance(rows, Rows)
            found[name] = int(str(getattr(next(iter(rows))["n"], "value", 0)))
        return found

    def __repr__(self) -> str:
        return f"kgraph.open({self.location!r})"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        cells = "".join(f"<tr><td>{escape(name)}</td><td>{count:,}</td></tr>" for name, count in self.counts().items())
        return f"<p><b>kgraph</b> {escape(self.location)}</p><table>{cells}</table>"


@dataclass(frozen=True)
class Page:
    """A page as HTML; a notebook shows it in a frame of its own."""

    html: str
    height: int

    def save(self, path: str | Path) -> Path:
        """Write the page into a file."""
        write_file(Path(path), self.html.encode())
        return Path(path)

    def _repr_html_(self) -> str:
        """The frame may run the page's script and save files, and reaches nothing of the notebook."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-downloads allow-popups" title="kgraph" '
            f'style="width: 100%; height: {self.height}px; border: 1px solid #8b96a1"></iframe>'
        )


class Rows:
    """The solutions of a SELECT.

    Iterate for pyoxigraph's, ``to_pandas()`` for a table; a notebook shows the first ones.
    """

    def __init__(self, solutions: QuerySolutions) -> None:
        self.solutions = solutions
        self.columns = [variable.value for variable in solutions.variables]
        self._shown: list[QuerySolution] = []

    def __iter__(self) -> Iterator[QuerySolution]:
        return chain(self._shown, self.solutions)

    def to_pandas(self) -> DataFrame:
        """A column a variable, values as texts, unbound as None; raises MissingLibraryError without pandas."""
        found = _pandas().DataFrame(
            [[getattr(row[c], "value", row[c] and str(row[c])) for c in self.columns] for row in self],
            columns=self.columns,
        )
        return found

    def _repr_html_(self) -> str:
        self._shown += islice(self.solutions, _MOST_SHOWN + 1 - len(self._shown))
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(str(getattr(row[c], 'value', '') or ''))}</td>" for c in self.columns)
            + "</tr>"
            for row in self._shown[:_MOST_SHOWN]
        )
        more = f"<p>… only the first {_MOST_SHOWN} rows are shown</p>" if len(self._shown) > _MOST_SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _shown(answer: Answer) -> Rows | Answer:
    return Rows(answer) if isinstance(answer, QuerySolutions) else answer


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise MissingLibraryError("pandas is not installed; pip install 'kgraph[pandas]'") from error
    return pandas


def open_graph(location: str | Path = "exports", memory: bool = False) -> Graph:
    """Open a build's folder or the URL of a server; raises StoreError when it is first asked and cannot be opened."""
    return Graph(location, memory)
