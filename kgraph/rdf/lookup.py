"""Finds things of a graph by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kgraph.errors import QueryError, UnknownNameError
from kgraph.model.wording import content_words
from kgraph.namespaces import KG, iri
from kgraph.rdf.mapping import Columns
from kgraph.rdf.query import Answer, Queryable, ask, filled_in, named_query
from kgraph.vocabulary import Term

ACTOR_CLASSES = (Term.Person, Term.State, Term.Organization, Term.Group)
MATTER_CLASSES = (Term.Plan, Term.Agreement, Term.LegalAct, Term.Measure, Term.Meeting)
NEGOTIATION_CLASSES = (Term.Negotiation,)
THING_CLASSES = (*ACTOR_CLASSES, *MATTER_CLASSES, Term.Figure, iri("schema:Place"))
_CLASSES = {"actor": ACTOR_CLASSES, "matter": MATTER_CLASSES, "thing": THING_CLASSES}
_NAMES = """SELECT DISTINCT ?thing ?type ?preferred ?name WHERE {
  ?thing skos:prefLabel ?preferred ; skos:prefLabel|skos:altLabel ?name ; a ?type .
}"""
_MOST_NAMED = 6
# How well a name fits of which only a beginning is given.
_BEGINNING = 5
_KEYBOARD = str.maketrans("’‘“”–—‑", "''\"\"---")


def find_things(
    store: Queryable, name: str, classes: tuple[str, ...] = THING_CLASSES, what: str = "thing", parts: bool = False
) -> list[str]:
    """IRIs of the things with this IRI (in full or as ``kg:…``) or name, sorted.

    A name that fits exactly outranks one that fits without regard to case and the shapes of marks, that one a word of
    a name, that one the beginning of one, that one whose words are all in a name; a preferred name outranks another
    name; all of the best rank are given, or with ``parts`` all that fit at all. Raises UnknownNameError where nothing
    has that name, with the nearest names.
    """
    known, names, ranked = set(), set(), dict[str, int]()
    wanted = name.strip()
    if not wanted:
        raise QueryError(f"the name of the {what} is empty; leave it out for all")
    address = KG + wanted.removeprefix("kg:") if wanted.startswith("kg:") else wanted
    for thing, kind, preferred, called in _names(store):
        if kind not in classes:
            continue
        known.add(thing)
        names.add(called)
        rank = _rank(wanted, called, preferred)
        if rank is not None:
            ranked[thing] = min(rank, ranked.get(thing, rank))
    if address in known:
        return [address]
    if not ranked:
        raise UnknownNameError(what, name, names)
    return sorted(thing for thing, rank in ranked.items() if parts or rank == min(ranked.values()))


def begun_by(store: Queryable, name: str, things: Iterable[str]) -> dict[str, str]:
    """What some things are called, and the shortest name of each that this one is only the beginning of.

    Empty where it is a whole name of one of them, or a word of one.
    """
    wanted, among, found = name.strip(), set(things), dict[str, str]()
    for thing, _, preferred, called in _names(store):
        rank = _rank(wanted, called, preferred) if thing in among else None
        if rank is not None and rank < _BEGINNING:
            return {}
        if rank == _BEGINNING:
            found[preferred] = min(called, found.get(preferred, called), key=lambda one: (len(one), one))
    return found


def find_negotiation(store: Queryable, name: str) -> str:
    """The one negotiation with this IRI or name; raises what ``find_thing`` raises."""
    return find_thing(store, name, NEGOTIATION_CLASSES, "negotiation")


def find_thing(store: Queryable, name: str, classes: tuple[str, ...] = THING_CLASSES, what: str = "thing") -> str:
    """The one thing with this IRI or name.

    Raises QueryError where several fit alike, naming them, and what ``find_things`` raises.
    """
    found = find_things(store, name, classes, what)
    if len(found) > 1:
        listed = "; ".join(f"{label(store, thing)} = kg:{thing.removeprefix(KG)}" for thing in found[:_MOST_NAMED])
        raise QueryError(
            f"{len(found)} things are called {name!r}: {listed}"
            f"{'; …' if len(found) > _MOST_NAMED else ''}; write one of the kg: names"
        )
    return found[0]


def is_actor(store: Store, thing: str) -> bool:
    """Whether a thing is a party, not a matter."""
    types = store.quads_for_pattern(NamedNode(thing), NamedNode(iri("rdf:type")), None, None)
    return any(getattr(quad.object, "value", "") in ACTOR_CLASSES for quad in types)


def checked_parameters(store: Queryable, name: str, given: Mapping[str, str]) -> dict[str, list[NamedNode | Literal]]:
    """The terms that parameters of a named query stand for: things by any of their names, texts as they are.

    Raises UnknownNameError for a query or parameter that is not there, and for a name that nothing has.
    """
    query = named_query(name)
    found: dict[str, list[NamedNode | Literal]] = {}
    for parameter, value in given.items():
        if parameter not in query.parameters:
            raise UnknownNameError(f"parameter of {name}", parameter, query.parameters or ("(it has none)",))
        kind = query.parameters[parameter].type
        if kind == "text":
            found[parameter] = [Literal(value)]
        else:
            # Matters go by many wordings: "Istanbul" means whatever has it in one of them. An actor is who is called
            # so.
            found[parameter] = [
                NamedNode(thing) for thing in find_things(store, value, _CLASSES[kind], kind, parts=kind != "actor")
            ]
    return found


def ask_named(
    store: Queryable, name: str, parameters: Mapping[str, str] | None = None, limit: int | None = None
) -> Answer:
    """Run a named query with parameters as people write them.

    Raises what ``checked_parameters`` raises, and QueryError.
    """
    return ask(store, filled_in(name, checked_parameters(store, name, parameters or {})), limit)


def _names(store: Queryable) -> Iterator[tuple[str, str, str, str]]:
    rows = ask(store, _NAMES)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        thing, kind, preferred, called = (
            str(getattr(row[key], "value", "")) for key in ("thing", "type", "preferred", "name")
        )
        yield thing, kind, preferred, called


def _rank(wanted: str, called: str, preferred: str) -> int | None:
    """How well a name fits; 0 is best, None not at all."""
    one, other = _plain(wanted), _plain(called)
    if wanted == called:
        return 0 if called == preferred else 1
    if one == other:
        return 2 if called == preferred else 3
    if one in other.split():
        return 4
    # "Rusia" is no part of "Belarusian"; a writing without spaces has no words to begin.
    begun = re.search(rf"(?<!\w){re.escape(one)}", other) if one[:1].isascii() else one in other
    if begun:
        return _BEGINNING
    # "the peace plan of China" for "China's peace plan": every word that tells something, in any order.
    words = _words(one)
    return 6 if len(words) > 1 and words <= _words(other) else None


@lru_cache(maxsize=100_000)
def _plain(name: str) -> str:
    """A name in small letters, with the marks of a keyboard: texts write "China’s" and "21-day"."""
    plain = name.casefold().translate(_KEYBOARD)
    return re.sub(r"(?<=\w)-(?=\w)", " ", plain)


def _words(plain: str) -> frozenset[str]:
    return content_words(plain.replace("'s", ""))


def find_statement(store: Queryable, name: str) -> str:
    """The IRI of a statement, given it or the beginning of the digest it ends in.

    Raises QueryError where none is, or several are.
    """
    wanted = name.strip().removeprefix(f"{KG}statement/").removeprefix("kg:statement/")
    found = [
        statement
        for statement in _statements(store)
        if wanted and statement.removeprefix(f"{KG}statement/").startswith(wanted)
    ]
    if len(found) > 1:
        begun = ", ".join(statement.removeprefix(f"{KG}statement/") for statement in found[:_MOST_NAMED])
        more = ", …" if len(found) > _MOST_NAMED else ""
        raise QueryError(f"{len(found)} statements begin with {wanted!r} ({begun}{more}); give more of it")
    if not found:
        raise QueryError(
            f"no statement is called {name!r}; its address ends in 16 letters and digits, of which the first are "
            "enough: see the column id of `kgraph export -f csv`, or the panel of the page"
        )
    return found[0]


def _statements(store: Queryable) -> list[str]:
    """The IRIs of all statements, sorted. An answer of the engine must not outlive its thread, as it would in the
    traceback of an error of ``find_statement``.
    """
    rows = ask(store, "SELECT ?s WHERE { ?s a neg:Statement }")
    assert isinstance(rows, QuerySolutions)
    return sorted(str(getattr(row["s"], "value", "")) for row in rows)


def label(store: Queryable, thing: str) -> str:
    """The preferred name of a thing; its IRI where it has none."""
    rows = ask(store, f"SELECT ?l WHERE {{ <{thing}> <{iri('skos:prefLabel')}> ?l }} LIMIT 1")
    assert isinstance(rows, QuerySolutions)
    return next((str(getattr(row["l"], "value", "")) for row in rows), thing)


def near_links(store: Store) -> list[tuple[str, str, float]]:
    """Pairs of things (IRIs) that may be one, with their likeness, the most alike first: what a person is to decide."""
    columns = Columns(store, whole=False)
    found = []
    for address in columns.subjects(iri("rdf:type"), Term.NearLink):
        one, other = columns.all(address, Term.links)
        found.append((one, other, float(columns.first(address, Term.score) or 0)))
    return sorted(found, key=lambda pair: (-pair[2], pair[:2]))
