"""The cast of a document: its named parties, and where each is named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from kgraph.knowledge import Knowledge, KnownActor
from kgraph.vocabulary import EntityType


@dataclass
class Party:
    """A named party of the document, with the party it speaks for and the offices that the text gives it."""

    name: str
    kind: EntityType
    known: str | None = None
    gender: str | None = None
    affiliation: Party | None = None
    roles: set[str] = field(default_factory=set)

    def __hash__(self) -> int:
        return hash((self.name, self.kind, self.known))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Party) and (self.name, self.kind, self.known) == (other.name, other.kind, other.known)


@dataclass(frozen=True)
class Naming:
    """Tokens ``[start, end)`` that name a party. ``manner``: name, demonym or metonym."""

    start: int
    end: int
    party: Party
    manner: str = "name"


class Cast:
    """The named parties of one document, by token."""

    def __init__(self, namings: list[Naming], knowledge: Knowledge) -> None:
        self.namings = sorted(namings, key=lambda n: n.start)
        self._by_token = {i: naming for naming in self.namings for i in range(naming.start, naming.end)}
        self._parties: dict[str, Party] = {}
        self.knowledge = knowledge

    def at(self, token: Token) -> Naming | None:
        """The naming that the token is part of."""
        return self._by_token.get(token.i)

    def between(self, start: int, end: int) -> list[Naming]:
        """The namings that lie within the tokens ``[start, end)``."""
        return [naming for naming in self.namings if start <= naming.start and naming.end <= end]

    def kind_at(self, token: Token) -> EntityType | None:
        """The kind of the party that the token belongs to the name of; None where it is part of no name."""
        naming = self.at(token)
        return naming.party.kind if naming is not None else None

    def is_person(self, token: Token) -> bool:
        """Whether the token belongs to the name of a person."""
        return self.kind_at(token) == EntityType.Person

    def among(self, tokens: Iterable[Token], kinds: Collection[EntityType]) -> list[Naming]:
        """For each of some tokens that belongs to the name of a party of one of these kinds, its naming."""
        return [naming for naming in self.named(tokens) if naming.party.kind in kinds]

    def named(self, tokens: Iterable[Token]) -> list[Naming]:
        """For each of some tokens that belongs to a name, its naming."""
        return [self._by_token[token.i] for token in tokens if token.i in self._by_token]

    def before(self, index: int) -> Iterator[Naming]:
        """The namings that end before a token, the last first."""
        number = bisect_right(self.namings, index, key=lambda naming: naming.end)
        return (self.namings[n] for n in range(number - 1, -1, -1))

    @cached_property
    def people(self) -> dict[Party, list[Naming]]:
        """The persons with their namings."""
        found: dict[Party, list[Naming]] = defaultdict(list)
        for naming in self.namings:
            if naming.party.kind == EntityType.Person:
                found[naming.party].append(naming)
        return found

    def last_naming(self, person: Party, index: int) -> Naming | None:
        """The last naming of a person that begins before a token."""
        namings = self.people.get(person, [])
        number = bisect_left(namings, index, key=lambda naming: naming.start)
        return namings[number - 1] if number else None

    @cached_property
    def main_state(self) -> Naming | None:
        """The first naming of the state that is named most; None where two are named as often, or one only once."""
        states = [naming for naming in self.namings if naming.party.kind == EntityType.State]
        ranked = Counter(naming.party.known for naming in states).most_common(2)
        # A single state has to be named more than once.
        (most, times), (_, times_of_next) = (*ranked, (None, 1), (None, 1))[:2]
        return next(n for n in states if n.party.known == most) if times > times_of_next else None

    def known_party(self, iri: str) -> Party | None:
        """The party of a known actor, whether the document names it or not."""
        if iri not in self._parties:
            actor = self.knowledge.actors.get(iri)
            if actor is None:
                return None
            self._parties[iri] = party_of(actor)
        return self._parties[iri]

    def state_of(self, party: Party) -> Party | None:
        """The state or organization that a party belongs to, by the text or else by the actors file."""
        actor = self._actor(party)
        members_of = actor.member_of[:1] if actor is not None else ()
        return party.affiliation or next(map(self.known_party, members_of), None)

    def acts_for(self, body: Party) -> str | None:
        """The IRI of the state that a body acts for, by the actors file."""
        actor = self._actor(body)
        return actor.acts_for if actor is not None else None

    def _actor(self, party: Party) -> KnownActor | None:
        return self.knowledge.actors.get(party.known or "")


def party_of(actor: KnownActor) -> Party:
    """A known actor as a party."""
    return Party(actor.label, actor.type, actor.iri, actor.gender)
