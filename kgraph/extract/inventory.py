"""The named parties and matters of a document, whether a move is read about them or not.

What is no party and no matter is no node: titles, adjectives, quantities of people and unnamed bodies are left out
here. They come into the graph only where they take part in a move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph.extract import matters
from kgraph.extract.names import Naming
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import meetings
from kgraph.extract.rules.en import words
from kgraph.model import statement as values
from kgraph.model.statement import Mention, ReadStatement
from kgraph.vocabulary import EntityType, Relation

_NOUN_ENDINGS = ("tion", "sion", "ment", "wal", "ance", "ship", "ity", "gnty", "port", "ade")
_LONGEST_TITLE = 6
_FORMS_OF_ADDRESS = frozenset(["mr", "mrs", "ms", "dr", "sir", "sheikh"])
_AGREED = (EntityType.Agreement, EntityType.LegalAct)
# The sorts of acts that are bargained about, by their nouns and verbs.
_ACTS = ("sort-extension", "sort-release", "sort-swap", "sort-visit", "sort-vote", "sort-withdrawal")
_NAMED_KINDS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Meeting)
_ROLES = ("role-group", "role-person", "role-organization")
_MODIFIERS = ("amod", "npadvmod", "nmod")


def inventory(reading: Reading, statements: Iterable[ReadStatement] = ()) -> Iterator[Mention]:
    """Mentions of named parties and of matters in text order, then what ``statements`` name at length: their matters by
    name alone, and the meetings that their verbs tell of.
    """
    yield from _named(reading)
    for statement in statements:
        met = statement.object
        for matter in (statement.object, statement.condition, statement.content):
            if matter is not None and matter.type not in values.ACTOR_TYPES:
                yield from _name_alone(matter)
        if statement.relation == Relation.meets and met is not None and met.span == statement.trigger:
            yield from _told_meeting(reading, met, statement.participants)


def _told_meeting(reading: Reading, met: Mention, people: Iterable[Mention]) -> Iterator[Mention]:
    """ "spoke by telephone with President Roe": the words that tell of a meeting, up to the last of those met."""
    behind = [person.span for person in people if person.span.start >= met.span.end]
    if not behind:
        return
    last = max(behind, key=lambda span: span.end)
    named = next((n for n in reading.cast.namings if reading.span(reading.doc[n.start : n.end]) == last), None)
    titled = _with_title(reading, named) if named is not None else None
    end = max(last.end, reading.span(titled).end) if titled is not None else last.end
    span = values.Span(met.span.start, end)
    yield replace(met, span=span, text=reading.document.text[span.start : span.end])


def _named(reading: Reading) -> Iterator[Mention]:
    for naming in reading.cast.namings:
        if naming.party.kind != EntityType.Place and not _is_modifier(reading, naming):
            yield reading.mention(Actor(naming.party, reading.doc[naming.start : naming.end]))
            described = _described(reading, naming)
            if described is not None:
                yield reading.mention(Actor(naming.party, described))
    named = {naming.party for naming in reading.cast.namings}
    for token in reading.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound" or reading.cast.at(token) is not None:
            continue
        is_role = reading.is_one_of(token, *_ROLES)
        is_captive = reading.is_word("captive-noun", token)
        actors = who(reading, token) if is_role and not is_captive else []
        is_told = _is_told_group(reading, token)
        meant = [actor for actor in actors if is_told or actor.party in named]
        if meant:
            yield from map(reading.mention, meant)
        elif is_told:
            yield _group(reading, token)
        elif _is_matter(reading, token) and (not is_role or reading.is_word("measure-noun", token)):
            yield from _matters(reading, token)
    for token in reading.doc:
        if _is_act(reading, token):
            yield from _with_place(reading, token)


def _is_modifier(reading: Reading, naming: Naming) -> bool:
    """Whether a naming only describes: an adjective of a faith or a people ("Catholic", "Peruvian fishermen"), the city
    of a plan ("the Lima plan").
    """
    head = reading.doc[naming.start : naming.end].root
    if naming.party.kind == EntityType.Group and naming.party.known is None:
        return head.tag_ not in ("NNS", "NNPS")
    if naming.manner == "demonym" and head.pos_ == "ADJ" and head.dep_ in ("amod", "compound"):
        return True
    return naming.manner == "metonym" and head.dep_ in ("compound", "amod", "nmod")


def _is_matter(reading: Reading, token: Token) -> bool:
    if matters.kind_of(reading, token) in _NAMED_KINDS or reading.is_lemma("pause-of-fire", token):
        return token.dep_ not in _MODIFIERS
    is_act = reading.is_one_of(token, *_ACTS)
    is_measure = (is_act or reading.is_word("measure-noun", token)) and _is_told_apart(token)
    return is_measure or _is_done_to_a_party(reading, token)


def _is_told_apart(noun: Token) -> bool:
    """Whether a measure is more than its noun: "release of hostages", "humanitarian aid", not "the release"."""
    return any(child.dep_ in ("prep", "compound", "amod", "poss", "nmod") for child in noun.children)


def _matters(reading: Reading, token: Token) -> Iterator[Mention]:
    """The matter with a noun as head; a meeting also without whose it is: "Roe's call with Doe", "call with Doe"."""
    if matters.kind_of(reading, token) != EntityType.Meeting:
        yield from _with_place(reading, token)
        return
    found = meetings.named_meeting(reading, token, meetings.participants_of(reading, token))
    yield found
    owners = [child for child in token.children if child.dep_ == "poss"]
    start = reading.span(reading.doc[token.left_edge.i : token.i + 1]).start
    if len(owners) == 1 and start == found.span.start and owners[0].right_edge.i + 1 < token.i + 1:
        rest = reading.doc[owners[0].right_edge.i + 1 : token.i + 1]
        span = values.Span(reading.span(rest).start, found.span.end)
        yield replace(found, span=span, text=reading.document.text[span.start : span.end])


def _with_place(reading: Reading, token: Token) -> Iterator[Mention]:
    """A matter, a pause of fire with the place behind it, which a parse gives to the noun before it: "the end of the
    truce in Peru"; then the name alone, where the phrase goes on with what only explains it.
    """
    found = matters.matter(reading, token)
    after = reading.doc[token.right_edge.i + 1 : token.right_edge.i + 2]
    last = reading.doc[token.right_edge.i]
    holds_fire = any(reading.is_lemma("pause-of-fire", noun) for noun in (token, last))
    if not holds_fire or not len(after) or after[0].lower_ not in words.PLACE_IN:
        yield found
        yield from _name_alone(found)
        return
    place = reading.doc[after.start : after[0].right_edge.i + 1]
    if all(reading.cast.at(t) is None for t in place) or found.span.end > reading.span(place).start:
        yield found
        return
    span = values.Span(found.span.start, reading.span(place).end)
    name = found.name if found.antecedent else f"{found.name} {reading.label(place)}"
    yield replace(found, span=span, text=reading.document.text[span.start : span.end], name=name)


def _name_alone(mention: Mention) -> Iterator[Mention]:
    """ "the visit of Roe, the first since May" is the visit of Roe."""
    start = mention.text.find(mention.name)
    if mention.antecedent is None and start >= 0 and start + len(mention.name) < len(mention.text):
        first = mention.span.start + start
        yield replace(mention, span=values.Span(first, first + len(mention.name)), text=mention.name)


def _is_told_group(reading: Reading, token: Token) -> bool:
    """People of whom the text says whose they are: "the Peruvian delegation", "prisoners held by Peru"; captives
    always, for they are what is bargained about.
    """
    if reading.is_word("captive-noun", token):
        return not any(child.like_num for child in token.children)
    is_group = reading.is_word("standing-group", token) or reading.is_word("changing-group", token)
    if not is_group or any(t.like_num for t in token.subtree):
        return False
    telling = (t for c in token.children if c.dep_ in ("amod", "compound", "poss", "prep", "acl") for t in c.subtree)
    return reading.any_names(telling)


def _group(reading: Reading, token: Token) -> Mention:
    found = matters.matter(reading, token)
    return replace(found, type=EntityType.Group, key=found.name.lower())


def _is_act(reading: Reading, token: Token) -> bool:
    """ "leaving the accord", "withdrawing its troops": what may be done to what was agreed, and acts that are bargained
    about, where they stand as nouns.
    """
    if token.tag_ != "VBG" or token.dep_ not in ("pcomp", "csubj", "xcomp", "dobj"):
        return False
    done_to = [c for c in token.children if c.dep_ == "dobj"]
    done_to += [o for c in token.children if c.dep_ in ("prep", "prt") for o in c.subtree if o.dep_ == "pobj"]
    if done_to and reading.is_one_of(token, *_ACTS):
        return True
    return any(_is_agreed(reading, noun) for noun in done_to)


def _is_agreed(reading: Reading, noun: Token) -> bool:
    return matters.kind_of(reading, noun) in _AGREED or reading.is_lemma("pause-of-fire", noun)


def _is_done_to_a_party(reading: Reading, noun: Token) -> bool:
    """A noun of doing or being that names a party or place: "annexation of the island", "Peru's sovereignty"."""
    if not noun.lower_.endswith(_NOUN_ENDINGS) or reading.is_word("vague-noun", noun):
        return False
    named = (token for child in noun.children if child.dep_ in ("prep", "poss") for token in child.subtree)
    return reading.any_names(named)


def _described(reading: Reading, naming: Naming) -> Span | None:
    """A name with the words before it that say what it names: a person's office, a body's kind."""
    if naming.party.kind == EntityType.Person:
        return _with_title(reading, naming)
    return _with_kind(reading, naming) if naming.party.kind == EntityType.Organization else None


def _with_kind(reading: Reading, naming: Naming) -> Span | None:
    """A body's name with the noun before it, and what belongs to that noun: "the fishing company Andex", or with its
    state: "Peru's Andex".
    """
    start = naming.start
    if start and reading.is_one_of(reading.doc[start - 1], *_ROLES):
        kind = reading.doc[start - 1]
        before = (t.i for t in kind.subtree if t.i < kind.i and t.dep_ in ("compound", "amod", "nmod"))
        start = min(before, default=kind.i)
    elif start > 1 and reading.doc[start - 1].tag_ == "POS" and _is_of_state(reading, reading.doc[start - 2]):
        owner = reading.cast.at(reading.doc[start - 2])
        start = owner.start if owner is not None else start
    return reading.doc[start : naming.end] if start < naming.start else None


def _is_of_state(reading: Reading, token: Token) -> bool:
    naming = reading.cast.at(token)
    return naming is not None and naming.party.kind == EntityType.State


def _with_title(reading: Reading, naming: Naming) -> Span | None:
    """A person's name with the office before it and the country behind it: "Peruvian President Roe", "Mr Roe of
    Peru".
    """
    start = naming.start
    while start and naming.start - start < _LONGEST_TITLE:
        before = reading.doc[start - 1]
        goes_on = start > 1 and before.lower_ in words.OF_TITLES and _belongs_to_title(reading, before.nbor(-1))
        if not goes_on and not _belongs_to_title(reading, before):
            break
        start -= 1
    if not any(_is_title(reading, token) for token in reading.doc[start : naming.start]):
        return None
    end = naming.end
    if end + 1 < len(reading.doc) and reading.doc[end].lower_ in words.OF:
        country = reading.cast.at(reading.doc[end + 1])
        end = country.end if country is not None and country.party.kind == EntityType.State else end
    return reading.doc[start:end]


def _is_title(reading: Reading, token: Token) -> bool:
    return reading.is_word("role-person", token) or token.lower_.rstrip(".") in _FORMS_OF_ADDRESS


def _belongs_to_title(reading: Reading, token: Token) -> bool:
    other = reading.cast.at(token)
    if other is not None:
        return other.party.kind in (EntityType.State, EntityType.Organization)
    return _is_title(reading, token) or token.pos_ in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper()
