"""Where in a document which negotiation is told of: most documents belong to one, a round-up to several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

# How many times more like another negotiation than the document's own a paragraph is that tells of the other: chosen
# on texts of which part was put into a text about something else.
TIMES_MORE_LIKE = 2.0


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Characters of a document that tell of another negotiation (an IRI) than its own."""

    start: int
    end: int
    negotiation: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """The negotiation (an IRI) that a document belongs to, the others that it belongs to as well, and the passages that
    tell of these, in order.
    """

    negotiation: str
    further: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()

    def at(self, offset: int) -> str:
        """The negotiation that is told of at a character."""
        return next((p.negotiation for p in self.passages if p.start <= offset < p.end), self.negotiation)


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph's characters, the weight of each name in it, and whether it reports a move."""

    start: int
    end: int
    names: Mapping[str, float]
    is_telling: bool


def likeness(names: Mapping[str, float], others: Mapping[str, float]) -> float:
    """The cosine of two vectors of names, from 0 to 1."""
    found = product(names, others)
    return found / (length(names) * length(others)) if found else 0.0


def product(names: Mapping[str, float], others: Mapping[str, float]) -> float:
    """The product of two vectors of names."""
    return sum(weight * others.get(name, 0.0) for name, weight in names.items())


def weight_of_party(of_negotiation: Mapping[str, float]) -> float:
    """What a name weighs at least that is among those that weigh most in a negotiation."""
    return max(of_negotiation.values(), default=0.0) / 2


def names_a_party(names: Iterable[str], of_negotiation: Mapping[str, float], least: float) -> bool:
    """Whether some of the names weigh at least so much in a negotiation."""
    return any(of_negotiation.get(name, 0.0) >= least > 0 for name in names)


def length(names: Mapping[str, float]) -> float:
    """The length of a vector of names."""
    return sqrt(sum(weight * weight for weight in names.values()))


def passages(
    paragraphs: Iterable[Paragraph],
    own: Mapping[str, float],
    further: Sequence[tuple[str, Mapping[str, float]]],
    lowest: float = 0.0,
) -> tuple[Passage, ...]:
    """The paragraphs that name a party of one of the ``further`` negotiations (IRIs with their names) and are much more
    like it than the document's ``own``, and more than ``lowest``; one that names nobody goes with the one before it.
    """
    others = [(iri, names, length(names), weight_of_party(names)) for iri, names in further]
    found: list[Passage] = []
    told = ""
    for paragraph in paragraphs:
        if paragraph.names:
            whole = length(paragraph.names)
            ranked = [
                (product(paragraph.names, names) / (whole * length_of_other), iri)
                for iri, names, length_of_other, least in others
                if names_a_party(paragraph.names, names, least)
            ]
            best, other = max(ranked, default=(0.0, ""))
            is_other = best > lowest and best >= TIMES_MORE_LIKE * likeness(paragraph.names, own)
            told = other if is_other else ""
        if told:
            found.append(Passage(start=paragraph.start, end=paragraph.end, negotiation=told))
    return tuple(found)
