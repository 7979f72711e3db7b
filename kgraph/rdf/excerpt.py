"""A graph without some of its statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode, Quad, Store

from kgraph.identifiers import graph_iri
from kgraph.model.statement import Statement
from kgraph.namespaces import KG
from kgraph.rdf.graph import Graph
from kgraph.vocabulary import Modality, Polarity, Term, Voice

_STATEMENT = f"{KG}statement/"
# Graph, subject, predicate and object of a triple between an actor and a matter.
_Shortcut = tuple[str, str, str, str]


def excerpt(graph: Graph, kept: Collection[Statement]) -> Graph:
    """The graph with these of its statements alone, in memory.

    Whatever else it says stays: documents with their texts, things, judgements. What rests on the statements left out
    goes with them: their evidence, their speakers, moves that no other statement reports, and the triples between
    actors and matters that none of those kept says.
    """
    return Graph(without(graph.store, graph.statements(), kept), graph.knowledge)


def without(store: Store, statements: Collection[Statement], kept: Collection[Statement]) -> Store:
    """The quads of an excerpt; see ``excerpt``. ``statements`` are all those of the store."""
    wanted = {statement.id for statement in kept}
    gone = [statement for statement in statements if statement.id not in wanted]
    unsaid = _shortcuts_of(gone) - _shortcuts_of(s for s in kept if s.voice is not Voice.other)
    moves = {s.move for s in gone} - {s.move for s in kept}
    left_out = moves.union(s.id for s in gone)
    found = Store()
    found.bulk_extend(quad for quad in store if not _concerns(quad, left_out) and _named(quad) not in unsaid)
    return found


def _concerns(quad: Quad, left_out: Collection[str]) -> bool:
    return _owner(quad.subject) in left_out or _owner(quad.object) in left_out


def _owner(term: object) -> str:
    """The statement that a node belongs to, else the node itself: evidence and speakers lie below their statement."""
    address = term.value if isinstance(term, NamedNode) else ""
    if not address.startswith(_STATEMENT):
        return address
    return _STATEMENT + address.removeprefix(_STATEMENT).partition("/")[0]


def _shortcuts_of(statements: Iterable[Statement]) -> set[_Shortcut]:
    return set().union(*map(_shortcuts, statements))


def _shortcuts(statement: Statement) -> set[_Shortcut]:
    """The triples between actor and matter that a statement may have given rise to, with the graph that they lie in."""
    if statement.polarity is not Polarity.positive or statement.modality is not Modality.actual:
        return set()
    if statement.object is None:
        return set()
    predicate = Term.takesPartIn if statement.participants else statement.relation.iri
    graph, matter = graph_iri(statement.document), statement.object.entity
    return {(graph, party.entity, predicate, matter) for party in statement.parties}


def _named(quad: Quad) -> tuple[str, ...]:
    terms = quad.graph_name, quad.subject, quad.predicate, quad.object
    return tuple(term.value if isinstance(term, NamedNode) else "" for term in terms)
