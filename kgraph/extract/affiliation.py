"""The state or body that a description belongs to ("government of Iran", "Iranian officials"), or speaks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.candidates import Search, state_spoken_of
from kgraph.extract.names import Naming, Party
from kgraph.extract.predicates import hangs_as, is_a
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, fails, first, first_of, where
from kgraph.vocabulary import EntityType

_MODIFIERS = ("amod", "compound", "nmod", "poss")
_BODIES = (EntityType.State, EntityType.Organization)
_OWNERS = (*_BODIES, EntityType.Group, EntityType.Place)


def affiliation(search: Search, head: Token) -> Party | None:
    """The party that a phrase with this head belongs to, None where its words name none or it opposes that party."""
    if _opposes(search, head):
        return _opposition(search, head)
    for modifier in clauses.children(head, *_MODIFIERS):
        if modifier.dep_ == "poss" and search.reading.cast.is_person(modifier):
            return _of_person(search, modifier)
        owner = _of_modifier(search, modifier)
        if owner is not None:
            return owner
    complements = clauses.prepositional(head, *words.AFFILIATION)
    return first(_of_complement(search, head, complement) for complement in complements)


def _of_person(search: Search, token: Token) -> Party | None:
    """ "Jane Roe's envoy": of the state or body of the person."""
    return first(search.reading.cast.state_of(naming.party) for naming in search.reading.cast.named((token,)))


def spoken_for(reading: Reading, speaker: Actor) -> Party | None:
    """The state or body that a person speaks for, as far as the text or the actors file tells."""
    if speaker.party.kind in _BODIES:
        return speaker.party
    body = reading.cast.state_of(speaker.party)
    state = reading.cast.acts_for(body) if body is not None else None
    return reading.cast.known_party(state) if state is not None else body


def voiced(reading: Reading, speaker: Actor) -> Actor:
    """The body that a spokesperson, or an envoy or official without a name, speaks for, where the text tells which;
    else who speaks."""
    if not reading.knowledge.has_word(speaker.party.roles, *_voicing(reading, speaker.party)):
        return speaker
    return Actor(spoken_for(reading, speaker) or speaker.party, speaker.span, certainty=0.75)


def _voicing(reading: Reading, party: Party) -> tuple[str, ...]:
    """Those whose offices are to speak for others: of people with a name spokespersons alone."""
    named = party in reading.cast.people
    return ("spokesperson",) if named else ("spokesperson", "voicing-office")


def _opposes(search: Search, head: Token) -> bool:
    """ "the main rebel coalition in Syria", "Syrian opposition leaders": they do not speak for Syria."""
    reading = search.reading
    modifiers = clauses.children(head, *_MODIFIERS)
    return any(reading.cast.at(t) is None for t in reading.of_class("opposing-word", (head, *modifiers)))


def _names_a_person(search: Search, head: Token) -> bool:
    return search.reading.is_word("role-person", head)


@where(_names_a_person)
def _opposition(search: Search, head: Token) -> Party | None:
    """ "The rebel envoy", "an opposition spokesman": of the rebels, the opposition that the text speaks of; itself
    belongs a group to nobody.
    """
    sides = search.reading.of_class("opposing-word", clauses.children(head, *_MODIFIERS))
    return first(map(partial(opponents, search), sides))


def opponents(search: Search, side: Token) -> Party | None:
    """Those whom the text means by "rebel" or "opposition": whom it last called so by their own noun, else first."""
    nouns = filter(_is_of_its_own, search.reading.doc)
    same = (noun for noun in nouns if noun != side and _singular(noun) == _singular(side))
    last_before = sorted(same, key=lambda noun: (noun.i > side.i, abs(noun.i - side.i)))
    return first(actor.party for noun in last_before[:1] for actor in search.one(noun))


# "the rebels", "the Syrian opposition": not a word that only describes another.
_is_of_its_own = all_hold(is_a("NOUN", "PROPN"), fails(hangs_as(*_MODIFIERS)))


def _singular(noun: Token) -> str:
    """A noun without its plural's ending, whatever the tagger makes of its capital."""
    return noun.lower_.removesuffix("s")


def _of_modifier(search: Search, modifier: Token) -> Party | None:
    """The body that a word before the head names, itself ("Iranian officials") or by its own ("its ally's army")."""
    named = search.reading.cast.among((modifier,), _OWNERS)
    if named:
        return named[0].party
    return first_of(_OF_OTHER_WORDS, search, modifier)


def _is_of_words(search: Search, modifier: Token) -> bool:
    return modifier.pos_ in ("NOUN", "PROPN", "ADJ")


@where(_is_of_words)
def _of_owner(search: Search, modifier: Token) -> Party | None:
    """ "Its ally's army": of whom the ally belongs to."""
    return affiliation(search, modifier)


def _governs(search: Search, modifier: Token) -> bool:
    """Whether a word names a government or its army, and what it describes somebody in their service."""
    governs = search.reading.is_one_of(modifier, "government-noun", "state-institution")
    return governs and _names_a_person(search, modifier.head)


@where(_governs)
def _of_government(search: Search, modifier: Token) -> Party | None:
    """ "A government spokesman", "an army official": of the state that the text speaks of."""
    states = state_spoken_of(search.reading, modifier, clauses.itself(modifier))
    return first(actor.party for actor in states)


def _is_relative(search: Search, modifier: Token) -> bool:
    return modifier.tag_ == "WP$"


@where(_is_relative)
def _of_antecedent(search: Search, modifier: Token) -> Party | None:
    """ "Peru, whose majority …": of what the relative clause describes."""
    described = (clause.head for clause in modifier.ancestors if clause.dep_ == "relcl")
    return first(naming.party for naming in search.reading.cast.among(islice(described, 1), _OWNERS))


def _of_pronoun(search: Search, modifier: Token) -> Party | None:
    """ "its delegation": the one state or body that the pronoun stands for."""
    if modifier.dep_ != "poss" or modifier.lower_ not in words.THIRD or modifier.i in search.reading.resolving:
        return None
    owners = search.who(modifier)
    return owners[0].party if len(owners) == 1 and owners[0].party.kind in _BODIES else None


_OF_OTHER_WORDS: tuple[Callable[[Search, Token], Party | None], ...] = (
    _of_owner,
    _of_government,
    _of_antecedent,
    _of_pronoun,
)


def _is_portfolio(head: Token, naming: Naming) -> bool:
    """ "the minister of Trade and Planning": what somebody is minister of is no body that the text knows otherwise."""
    return head.lemma_ in words.MINISTER and naming.party.known is None


def _of_complement(search: Search, head: Token, complement: Token) -> Party | None:
    """The body that a prepositional phrase names: "government of Iran", "envoy from the group's parliament"."""
    naming = search.reading.cast.at(complement)
    if naming is not None:
        return naming.party if naming.party.kind in _BODIES and not _is_portfolio(head, naming) else None
    if clauses.is_nominal(complement) and complement.i > head.i:
        return affiliation(search, complement)
    return None
