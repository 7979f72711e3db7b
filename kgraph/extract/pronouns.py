"""Whom a pronoun stands for, as an ordered table of rules.

Each rule's example is a test: the marked pronoun stands for the party after the arrow.
"""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from kgraph.extract import clauses, pairs
from kgraph.extract.affiliation import spoken_for
from kgraph.extract.authors import in_own_words, publisher, titled_author
from kgraph.extract.candidates import (
    Rule,
    Search,
    agrees,
    earlier_namings,
    in_focus,
    nearest,
    speaks_here,
    standing_for,
    subjects_before,
)
from kgraph.extract.reading import Actor
from kgraph.extract.rules.en import words
from kgraph.extract.signatories import signatories
from kgraph.extract.tables import first_of
from kgraph.extract.turns import turn_speaker
from kgraph.model.statement import ACTOR_TYPES
from kgraph.vocabulary import EntityType

_BODIES = (EntityType.State, EntityType.Organization)
_SPOKEN_OF = ("agreement-noun", "plan-noun", "legal-noun")
_CLAUSES = ("xcomp", "ccomp", "advcl", "relcl", "acl")
# Two candidates that differ by less than a tenth of a token's place are level.
_LEVEL = 0.0005


def pronoun(search: Search, token: Token) -> list[Actor] | None:
    """The parties that a pronoun stands for; empty where that is none or uncertain, None for other words."""
    if token.pos_ != "PRON" and token.lower_ not in words.PERSONAL or _is_name(search, token):
        return None
    resolving = search.reading.resolving
    if token.i in resolving:
        return []
    resolving.add(token.i)
    try:
        return first_of(RULES, search, token) or []
    finally:
        resolving.discard(token.i)


def _is_name(search: Search, token: Token) -> bool:
    """ "the US" is no "us"."""
    return token.is_upper and len(token) > 1 and search.reading.cast.at(token) is not None


def first_person(search: Search, token: Token) -> list[Actor] | None:
    """ "I" is the speaker of the quotation or the author of the text, "we" the body that the speaker speaks for.

    In a joint statement "we" are all who make it.

    Example: "*I* will sign the accord," Peruvian envoy Jane Roe said. → Jane Roe
    """
    if token.lower_ not in words.FIRST:
        return None
    reading = search.reading
    quotation = reading.quotation_at(token)
    span = reading.doc[token.i : token.i + 1]
    own_words = quotation is None and not turn_speaker(reading, token)
    together = signatories(reading) if own_words and token.lower_ in words.FIRST_PLURAL else []
    if together:
        return [Actor(party.party, span, party.span, 0.8) for party in together]
    speakers = reading.speakers(quotation) if quotation is not None else in_own_words(reading, token)
    if not speakers:
        said = quotation is not None or reading.layout.turn_at(reading.place(token)) is not None
        titled = None if said else titled_author(reading)
        if titled is None:
            return [] if said or token.lower_ not in words.FIRST_PLURAL else publisher(reading, span)
        # The text has no name to point to.
        body = reading.cast.state_of(titled) if token.lower_ in words.FIRST_PLURAL else None
        return [Actor(body or titled, span, None, 0.7)]
    speaker = speakers[0]
    body = spoken_for(reading, speaker) if token.lower_ in words.FIRST_PLURAL else None
    if body is not None:
        return [Actor(body, span, speaker.span, 0.8)]
    return [Actor(speaker.party, span, speaker.span, 0.9)]


def glossed(search: Search, token: Token) -> list[Actor] | None:
    """ "they (the rebels)": whom the brackets behind a pronoun name.

    Example: Peru met Chile and Ecuador. *They* (Ecuador) proposed a pact. → Ecuador
    """
    behind = token.doc[token.i + 1 : token.sent.end]
    if len(behind) < 3 or behind[0].text != "(":
        return None
    inside = list(takewhile(lambda other: other.text != ")", behind[1:]))
    namings = search.reading.cast.among(inside, ACTOR_TYPES)
    span = token.doc[token.i : token.i + 1]
    return [standing_for(naming, span, 0.9) for naming in namings[:1]] or None


def person(search: Search, token: Token) -> list[Actor] | None:
    """ "he", "she": the person in focus of that gender, else the nearest who does not speak here.

    Example: Jane Roe met reporters in Lima. *She* rejected the offer. → Jane Roe
    """
    gender = "male" if token.lower_ in words.HE else "female" if token.lower_ in words.SHE else None
    if gender is None:
        return None
    focus = in_focus(search, token, (EntityType.Person,), 0.8, gender)
    if focus:
        return focus
    reading = search.reading
    span = reading.doc[token.i : token.i + 1]
    for _, naming in earlier_namings(reading, token, (EntityType.Person,)):
        actor = standing_for(naming, span, 0.75)
        if agrees(actor, gender) and not speaks_here(reading, token, actor):
            return [actor]
    return []


def answerable(search: Search, token: Token) -> list[Actor] | None:
    """ "for its refusal": of those to whom something is done for it.

    Example: Peru criticised Chile for *its* refusal to sign. → Chile
    """
    reason = token.head.head
    if not _is_own_move(search, token) or token.head.dep_ != "pobj" or reason.lower_ not in words.FOR:
        return None
    above = reason.head
    heads = [above] if above.pos_ in ("NOUN", "PROPN") else clauses.objects(above)
    return _standing_for(search, token, [head for head in heads if head.i < reason.i]) or None


def owner_beside(search: Search, token: Token) -> list[Actor] | None:
    """ "Peru's decision and its pledge": of whom the noun is to which this one is joined.

    Example: Chile welcomed Peru's decision and *its* pledge to sign. → Peru
    """
    if not _is_own_move(search, token) or token.head.dep_ != "conj":
        return None
    return _standing_for(search, token, clauses.children(token.head.head, "poss")) or None


def looking_ahead(search: Search, token: Token) -> list[Actor] | None:
    """ "After her talks with …, Roe …": of the subject that follows, where a phrase stands before its clause.

    Example: Chile spoke first. In *its* reply, Peru rejected the map. → Peru
    """
    if token.dep_ != "poss" or token.lower_ not in words.THIRD:
        return None
    phrase = token.head
    while phrase.dep_ in ("pobj", "pcomp", "dobj") and phrase.head != phrase:
        phrase = phrase.head
    verb = phrase.head
    subjects = [s for s in clauses.children(verb, "nsubj", "nsubjpass") if s.i > token.i]
    if phrase.dep_ not in ("prep", "advcl") or phrase.i > token.i or not subjects:
        return None
    return [a for a in _standing_for(search, token, subjects[:1]) if _can_be(a, token)] or None


def _can_be(actor: Actor, token: Token) -> bool:
    """Whether a party can be "his", "her", "its" or "their"."""
    if token.lower_ in words.HE | words.SHE:
        return actor.party.kind == EntityType.Person and agrees(actor, "male" if token.lower_ in words.HE else "female")
    return actor.party.kind in _BODIES if token.lower_ in words.IT else actor.party.kind == EntityType.Group


def source_of_message(search: Search, token: Token) -> list[Actor] | None:
    """ "a message from Peru that it will …": of whom a message comes from.

    Example: Chile welcomed a message from Peru that *it* will sign. → Peru
    """
    clause = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or clause.dep_ not in ("acl", "ccomp", "relcl"):
        return None
    message = clause.head
    if message.pos_ == "PROPN" and message.dep_ == "pobj":
        message = message.head.head
    if message.pos_ != "NOUN" or not clauses.has_child(clause, words.THAT, "mark"):
        return None
    senders = clauses.prepositional(message, *words.FROM)
    return _standing_for(search, token, [*clauses.children(message, "poss"), *senders]) or None


def _is_own_move(search: Search, token: Token) -> bool:
    """Whether a possessive pronoun says whose a move is that its noun names."""
    frames = search.reading.knowledge.frames
    return token.dep_ == "poss" and token.lower_ in words.THIRD and (token.head.lemma_.lower(), "noun") in frames


def _standing_for(search: Search, token: Token, heads: list[Token]) -> list[Actor]:
    span = search.reading.doc[token.i : token.i + 1]
    return [Actor(a.party, span, a.antecedent or a.span, 0.75) for head in heads for a in search.who(head)]


def expletive(search: Search, token: Token) -> list[Actor] | None:
    """ "It is important to …", "it is X that …": the pronoun stands for nothing.

    Example: Peru signed the accord. *It* is important to keep talking. → nobody
    """
    verb = token.head
    if token.lower_ not in words.EXPLETIVE or verb.lemma_ not in words.BE or token.dep_ != "nsubj":
        return None
    predicates = clauses.children(verb, "acomp", "attr")
    if any(_is_of_parties(search, predicate) for predicate in predicates):
        return None
    holders = (verb, *predicates)
    return [] if any(clauses.children(holder, *_CLAUSES) for holder in holders) else None


def _is_of_parties(search: Search, predicate: Token) -> bool:
    """ "it is ready to sign": only somebody can be that."""
    moves = (predicate.lemma_.lower(), "adjective") in search.reading.knowledge.frames
    return moves or search.reading.is_word("personal-adjective", predicate)


def of_a_matter(search: Search, token: Token) -> list[Actor] | None:
    """ "it" after a treaty or a plan that is spoken of: no party.

    Example: Peru and Chile talked. The treaty was drafted in May. *It* requires a pullout. → nobody
    """
    if token.lower_ not in words.IT or token.dep_ != "nsubj":
        return None
    subject = next((s for _, s in subjects_before(search.reading, token, 2) if s.head != token.head), None)
    spoken_of = subject is not None and search.reading.is_one_of(subject, *_SPOKEN_OF)
    return [] if spoken_of and subject is not None and not search.who(subject) else None


def thing(search: Search, token: Token) -> list[Actor] | None:
    """ "it": the state or body in focus, else the nearest one named before; nobody where two are level.

    Example: Peru welcomed the plan. *It* will sign the accord. → Peru
    """
    if token.lower_ not in words.IT:
        return None
    focus = in_focus(search, token, _BODIES, 0.75)
    if focus:
        return focus
    reading = search.reading
    found = earlier_namings(reading, token, (*_BODIES, EntityType.Group))
    if not found:
        return []
    (score, naming), *others = found
    if others and others[0][1].party != naming.party and abs(score - others[0][0]) < _LEVEL:
        return []
    return [standing_for(naming, reading.doc[token.i : token.i + 1], 0.7)]


def several(search: Search, token: Token) -> list[Actor] | None:
    """ "they": the plural subject of this or the last sentence, else parties named together, else the nearest body.

    Example: Peru and Chile welcomed the plan. *They* will sign it in May. → Peru and Chile
    """
    if token.lower_ not in words.THEY:
        return None
    reading = search.reading
    span = reading.doc[token.i : token.i + 1]
    for _, subject in subjects_before(reading, token, 2):
        found = search.who(subject)
        if found and _is_plural(subject, found):
            return [Actor(a.party, span, a.antecedent or a.span, 0.7) for a in found]
        if not found and subject.tag_ == "NNS" and token.dep_ == "poss" and subject.head in token.head.ancestors:
            return []  # "The men restated their …": nobody who is known
    bodies = (EntityType.Group, EntityType.Organization)
    return pairs.members(search, token) or nearest(reading, token, bodies, 0.5, span)


def _is_plural(subject: Token, found: list[Actor]) -> bool:
    several = len(found) > 1 or bool(clauses.children(subject, "conj"))
    return several or found[0].party.kind == EntityType.Group or subject.tag_ in ("NNS", "NNPS")


RULES: tuple[Rule, ...] = (
    first_person,
    glossed,
    answerable,
    owner_beside,
    looking_ahead,
    source_of_message,
    person,
    expletive,
    of_a_matter,
    thing,
    several,
)
