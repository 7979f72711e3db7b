"""Analyst queries on one graph by three ways: ours (``kgraph.open().query``), pyoxigraph directly, rdflib in memory;
loading and Turtle too.

The graph is made by ``tests.synthetic`` in the project's own shape (about 120 triples a statement). Times are the best
of three runs, of one for rdflib, which is given at most CAP seconds a task (CAP_WRITING for Turtle); ratios to it are
then lower bounds. The three answers must have the same number of rows.

python -m tests.benchmarks.sparql [TRIPLES] 1,000,000 unless told otherwise (an hour); growth is shown up to five times
that. With --quick 50,000 without growth: a minute.
"""

from __future__ import annotations

import math
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import RdfFormat, Store

from kgraph.knowledge import load_knowledge
from kgraph.namespaces import PREFIXES
from kgraph.opened import Graph
from kgraph.rdf.store import canonical_turtle
from tests.benchmarks.history import History, arguments
from tests.synthetic import quads, random_moves

CAP, CAP_WRITING = 120, 300
TRIPLES_A_STATEMENT = 119
QUERIES = {
    "who rejected what, when": """SELECT ?who ?what ?date { ?s rdf:predicate neg:rejects ; neg:polarity neg:positive ; rdf:subject ?a ; rdf:object ?m .
        ?a skos:prefLabel ?who . ?m skos:prefLabel ?what OPTIONAL { ?s neg:date ?date } }""",
    "accepted by one, rejected by another": "SELECT DISTINCT ?a ?m ?b { ?a neg:agreesTo ?m . ?b neg:rejects ?m FILTER(?a != ?b) }",
    "the same, hearsay included": """SELECT DISTINCT ?a ?m ?b { ?s rdf:predicate neg:agreesTo ; rdf:subject ?a ; rdf:object ?m ; neg:polarity neg:positive .
        ?t rdf:predicate neg:rejects ; rdf:subject ?b ; rdf:object ?m ; neg:polarity neg:positive FILTER(?a != ?b) }""",
    "disputed figures": """SELECT ?counted ?v ?w { ?f neg:counted ?counted ; neg:value ?v . ?g neg:counted ?counted ; neg:value ?w FILTER(?v < ?w) }""",
    "statements by actor and month": """SELECT ?a ?month (COUNT(?s) AS ?n) { ?s a neg:Statement ; rdf:subject ?a ; neg:date ?d
        BIND(SUBSTR(STR(?d), 1, 7) AS ?month) } GROUP BY ?a ?month""",
    "latest position on each matter": """SELECT ?a ?m ?last ?r { { SELECT ?a ?m (MAX(?d) AS ?last) { ?s rdf:subject ?a ; rdf:object ?m ; neg:latest ?d } GROUP BY ?a ?m }
        ?t rdf:subject ?a ; rdf:object ?m ; neg:latest ?last ; rdf:predicate ?r }""",
    "the statements as of a day, whole": """CONSTRUCT { ?s ?p ?o } WHERE { ?s a neg:Statement ; neg:latest ?d ; ?p ?o
        FILTER(?d <= "2022-06-30"^^xsd:date) }""",
    "conditions, by who sets them": """SELECT ?who ?outcome ?condition ?doc { ?s rdf:predicate neg:conditionsOn ; rdf:subject ?a ; rdf:object ?o ; neg:condition ?c ;
        prov:hadPrimarySource ?d . ?a skos:prefLabel ?who . ?o skos:prefLabel ?outcome . ?c skos:prefLabel ?condition . ?d dcterms:identifier ?doc }""",
    "what is said about others": """SELECT ?speaker ?actor ?r { ?s neg:voice neg:otherVoice ; prov:wasAttributedTo ?p ; rdf:subject ?a ; rdf:predicate ?r .
        ?p skos:prefLabel ?speaker . ?a skos:prefLabel ?actor }""",
    "words in a quotation": """SELECT ?s ?words { ?s neg:evidence ?e .
        ?e neg:role neg:clauseRole ; oa:hasSelector/oa:exact ?words FILTER(CONTAINS(?words, "27-point")) }""",
    "statements by publisher": """SELECT ?name (COUNT(?s) AS ?n) { ?s prov:hadPrimarySource ?d .
        ?d dcterms:publisher ?p . ?p skos:prefLabel ?name } GROUP BY ?name""",
    "everything about one party": "SELECT ?s ?r ?m { ?s rdf:subject <https://w3id.org/kgraph/id/state/state-7> ; rdf:predicate ?r ; rdf:object ?m }",
}


_WAYS = ("disk", "Oxigraph on disk", "memory", "Oxigraph in memory", "rdflib")


class _Over(BaseException):
    """The time is over; rdflib catches every Exception on its way."""


def _stop(*_: object) -> None:
    raise _Over


def timed(run: Callable[[], Any], times: int = 3, cap: int | None = None) -> tuple[float, Any]:
    """Best wall seconds, and what the run gave; the cap and None where it took longer."""
    best, found = math.inf, None
    for _ in range(times):
        start = time.perf_counter()
        if cap is not None:
            signal.signal(signal.SIGALRM, _stop)
            # Again every second: a first one may come where a library swallows it.
            signal.setitimer(signal.ITIMER_REAL, cap, 1)
        try:
            found = run()
        except _Over:
            return float(cap or 0), None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        best = min(best, time.perf_counter() - start)
    return best, found


def count(rows: Any) -> int:
    """Rows of an answer, each of them fetched."""
    return sum(1 for _ in rows)


def geometric_mean(values: list[float]) -> float:
    """The geometric mean."""
    return math.exp(sum(map(math.log, values)) / len(values))


def built(triples: int, folder: Path) -> Path:
    """A store on disk of about so many triples, made as a build makes one."""
    place = folder / f"of-{triples}"
    store = Store(str(place))
    store.bulk_extend(quads(random_moves(triples // TRIPLES_A_STATEMENT), load_knowledge()))
    store.flush()
    return place


def main() -> None:
    """Measure and print."""
    quick, (triples, *_) = arguments(__doc__, [1_000_000], [50_000])
    history = History("sparql")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = built(triples, folder)
        graph, direct = Graph(place), Store.read_only(str(place))
        ours_out, turtle = timed(lambda: canonical_turtle(direct), 1)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        print(f"{len(direct)} quads; Turtle of {len(turtle) / 1e6:.0f} MB")
        ours_in, _ = timed(lambda: Store().bulk_load(turtle, RdfFormat.TURTLE), 1)
        theirs_in, memory = timed(lambda: rdflib.Graph().parse(data=turtle, format="turtle"), 1)
        for prefix, address in PREFIXES.items():
            memory.bind(prefix, address, replace=True)
        theirs_out, whole = timed(lambda: memory.serialize(format="turtle"), 1, CAP_WRITING)
        print(
            f"load Turtle   kgraph {ours_in:6.1f} s  rdflib {theirs_in:6.1f} s  {theirs_in / ours_in:5.1f} times as fast"
        )
        print(
            f"write Turtle  kgraph {ours_out:6.1f} s  rdflib {'' if whole else '>'}{theirs_out:6.1f} s  {theirs_out / ours_out:5.1f} times as fast (ours sorted)"
        )
        history.compare(f"loading {triples:,} triples of Turtle", "s", ours_in, "rdflib", theirs_in)
        history.compare(f"writing {triples:,} triples of Turtle, sorted", "s", ours_out, "rdflib", theirs_out)
        compare(graph, direct, memory, history)
        if not quick:
            growth(triples, folder)


def compare(graph: Graph, direct: Store, memory: rdflib.Graph, history: History) -> None:
    """Every query by all three, and the geometric means."""
    print(
        f"{'query':38}{'rows':>8}{'kgraph':>9}{'pyoxigraph':>12}{'ratio':>7}{'in memory':>11}{'pyoxigraph':>12}{'ratio':>7}{'rdflib':>12}"
    )
    copy = Graph(graph.location, memory=True)
    took: dict[str, list[float]] = defaultdict(list)
    for name, text in QUERIES.items():
        ours, rows = timed(lambda text=text: count(graph.query(text)))
        engine, same = timed(
            lambda text=text: count(direct.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))
        )
        quick, _ = timed(lambda text=text: count(copy.query(text)))
        quick_engine, _ = timed(
            lambda text=text: count(copy.store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))
        )
        slow, third = timed(lambda text=text: count(memory.query(text)), 1, CAP)
        assert rows == same and third in (None, rows), (name, rows, same, third)
        for way, seconds in zip(_WAYS, (ours, engine, quick, quick_engine, slow), strict=True):
            took[way].append(seconds)
        print(
            f"{name:38}{rows:8}{ours * 1000:7.1f}ms{engine * 1000:10.1f}ms{ours / engine:7.2f}{quick * 1000:9.1f}ms{quick_engine * 1000:10.1f}ms"
            f"{quick / quick_engine:7.2f}{'' if third is not None else '>'}{slow * 1000:10.1f}ms"
        )
    means = {way: geometric_mean(times) for way, times in took.items()}
    for way, engine in (("disk", "Oxigraph on disk"), ("memory", "Oxigraph in memory")):
        for other in (engine, "rdflib"):
            history.compare(
                f"a query from {way}, geometric mean of {len(QUERIES)}", "s", means[way], other, means[other]
            )
            print(
                f"from {way}, in the geometric mean: {other} takes {means[other] / means[way]:.2f} times as long as kgraph"
            )


def growth(triples: int, folder: Path) -> None:
    """The same queries on a tenth, the whole and five times the graph."""
    print(f"{'growth, milliseconds':40}" + "".join(f"{n:>12}" for n in (triples // 10, triples, triples * 5)))
    graphs = [Graph(built(triples // 10, folder)), Graph(folder / f"of-{triples}"), Graph(built(triples * 5, folder))]
    for name, text in QUERIES.items():
        times = [timed(lambda g=graph, t=text: count(g.query(t)), 2)[0] * 1000 for graph in graphs]
        print(f"{name:40}" + "".join(f"{t:12.0f}" for t in times))


if __name__ == "__main__":
    main()
