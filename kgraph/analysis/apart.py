"""What two builds do not both know, and what the findings about it rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from kgraph.analysis.circles import Node
from kgraph.analysis.conditions import nodes, sets_condition
from kgraph.analysis.corpus import Corpus, matter, party
from kgraph.analysis.stances import negotiation, stance
from kgraph.model.statement import Statement
from kgraph.vocabulary import Stage, Stance


@dataclass(frozen=True)
class Apart:
    """The statements (by IRI) that only the old or only the new tells, or that each tells in another way."""

    before: dict[str, Statement]
    after: dict[str, Statement]

    @classmethod
    def of(cls, old: Corpus, new: Corpus) -> Apart:
        """What two corpora do not both tell."""
        unlike = {ident for ident, statement in old.statements.items() if not _has(new, old, statement)}
        unlike |= new.statements.keys() - old.statements.keys()
        before, after = (
            {ident: statement for ident, statement in corpus.statements.items() if ident in unlike}
            for corpus in (old, new)
        )
        return cls(before, after)

    def both(self) -> list[Statement]:
        """Those of either."""
        return [*self.before.values(), *self.after.values()]


def _has(new: Corpus, old: Corpus, statement: Statement) -> bool:
    """Whether a new corpus has a statement of an old one as it was, and from the same source."""
    now = new.statements.get(statement.id)
    return now == statement and old.source(statement) == new.source(now)


def touched_by(old: Corpus, new: Corpus, apart: Apart) -> list[Statement]:
    """The statements of which the two do not know the same: they themselves, the texts around them, what their things
    are, or what their negotiation is called.
    """
    if old.knowledge != new.knowledge:
        return [*old.statements.values(), *new.statements.values()]
    texts = _differing(old.texts.get, new.texts.get, old.texts.keys() | new.texts.keys())
    things = _differing(partial(_described, old), partial(_described, new), old.entities.keys() | new.entities.keys())
    things |= _differing(old.label, new.label, {negotiation(s) for s in new.statements.values()})
    if not texts and not things:
        return apart.both()
    return apart.both() + [
        s for s in new.statements.values() if s.document in texts or not things.isdisjoint(_things(s))
    ]


def _differing(one: Callable[[str], object], other: Callable[[str], object], names: Iterable[str]) -> set[str]:
    return {name for name in names if one(name) != other(name)}


def _described(corpus: Corpus, thing: str) -> tuple[object, ...]:
    """All of a thing that a finding can rest on or show."""
    known = corpus.entities.get(thing)
    what_it_is = (known.type, known.label, known.issues) if known is not None else None
    return what_it_is, corpus.label(corpus.side_of(thing))


def _things(statement: Statement) -> Iterator[str]:
    yield negotiation(statement)
    yield from (mention.entity for mentions in statement.roles().values() for mention in mentions)


def around_conditions(old: Corpus, new: Corpus, touched: list[Statement]) -> tuple[Corpus, Corpus]:
    """Both with all that findings about conditions of touched statements rest on: what is said about their matters, and
    about those that conditions join to these, directly or in turn; and all demands and threats, which are compared by
    their words.
    """
    import networkx

    starts = {node for s in touched for node in _matters(s)}
    conditions = (s for corpus in (old, new) for s in corpus.statements.values() if sets_condition(s))
    joined = networkx.connected_components(networkx.Graph(map(nodes, conditions)))
    reached = starts.union(*(component for component in joined if not starts.isdisjoint(component)))
    processes = {negotiation(s) for s in touched}

    def is_near(s: Statement) -> bool:
        return negotiation(s) in processes and (_is_compared_by_words(s) or not reached.isdisjoint(_matters(s)))

    return old.only(is_near), new.only(is_near)


def _matters(statement: Statement) -> set[Node]:
    """What a statement is about, and what it makes a condition."""
    return {(process, thing) for process, thing in nodes(statement) if thing}


def _is_compared_by_words(statement: Statement) -> bool:
    """Whether a statement demands, forbids or threatens something."""
    return (
        statement.relation.traits.stage in (Stage.threatened, Stage.forbidden) or stance(statement) == Stance.callsFor
    )


def around_contradictions(old: Corpus, new: Corpus, touched: list[Statement]) -> tuple[Corpus, Corpus]:
    """Both with all that contradictions of touched statements rest on: what is said of their parties and matters, and
    all figures, which are compared by what they count.
    """
    about = {(negotiation(s), thing) for s in touched for thing in (party(s), matter(s)) if thing}
    processes = {negotiation(s) for s in touched}

    def is_near(s: Statement) -> bool:
        process = negotiation(s)
        if process not in processes:
            return False
        return s.value is not None or (process, party(s)) in about or (process, matter(s)) in about

    return old.only(is_near), new.only(is_near)
