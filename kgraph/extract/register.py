"""The parties of a document while they are being found: what is named so far, and by which words."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from kgraph.extract import gazetteer
from kgraph.extract.names import Naming, Party, party_of
from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType

# Word classes whose nouns are what parties negotiate about, never a party.
MATTER_NOUNS = ("legal-noun", "plan-noun", "agreement-noun", "meeting-noun", "event-noun")
TITLES = ("title", "portfolio-noun")
_ARTICLE_OF_A_NAME = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]d|[Aa]n|[Aa]r|[Aa]s|[Aa]t|[Aa]z)-(?=[A-Z])")


class Register:
    """The namings found so far in one document, with the parties that they name."""

    def __init__(self, doc: Doc, knowledge: Knowledge) -> None:
        self.doc = doc
        self.knowledge = knowledge
        self.namings: list[Naming] = []
        self.taken: set[int] = set()
        self.known: dict[str, Party] = {}
        self.by_wording: dict[str, Party] = {}
        self.by_first: dict[str, Party] = {}
        self._surnames = gazetteer.surnames(knowledge)

    def name(self, span: Span, party: Party, manner: str = "name") -> None:
        """Take words for the name of a party."""
        self.taken.update(range(span.start, span.end))
        self.namings.append(Naming(span.start, span.end, party, manner))

    def known_party(self, iri: str) -> Party:
        """The party of a known actor, always the same one."""
        return self.known.setdefault(iri, party_of(self.knowledge.actors[iri]))

    def by_surname(self, surname: str) -> Party | None:
        """The known person whom a surname means, where only one bears it."""
        iri = self._surnames.get(surname)
        return self.known_party(iri) if iri is not None else None

    def party(self, wording: str, kind: EntityType) -> Party:
        """The party that some words name: whom they named before, else one of that kind."""
        return self.by_wording.setdefault(wording, Party(wording, kind))

    def bearers(self) -> dict[str, Party]:
        """The persons found so far by their surnames; of several who bear one, who was found first by other words than
        those of the actors file."""
        parties = (*self.by_wording.values(), *self.known.values())
        people = [party for party in reversed(parties) if party.kind == EntityType.Person]
        return {surname: party for party in people for surname in surnames(party.name)} | self.by_first

    def is_word(self, token: Token, *word_classes: str) -> bool:
        """Whether a word is in one of several classes of the lexicon, as it stands there."""
        return self.knowledge.has_word((token.lower_,), *word_classes)

    def is_matter(self, last: Token) -> bool:
        """Whether a name that ends in this word is that of a matter."""
        return self.is_word(last, *MATTER_NOUNS) and not self.is_word(last, "role-organization")

    def is_free(self, span: Span) -> bool:
        """Whether none of some words is part of a name."""
        return self.taken.isdisjoint(range(span.start, span.end))

    def is_free_name(self, span: Span) -> bool:
        """Whether words begin like a name, none of them in another name."""
        return self.is_free(span) and span.text[0].isupper()


def surnames(name: str) -> tuple[str, ...]:
    """The last word of a name, and that without its Arabic article: "al-Sadr" is "Sadr" from then on."""
    last = name.split()[-1]
    return tuple(dict.fromkeys((last, _ARTICLE_OF_A_NAME.sub("", last))))
