"""The named parties and matters of a document, whether a move is read about them or not.

What is no party and no matter is no node: titles, adjectives, quantities of people and unnamed bodies are left out
here. They come into the graph only where they take part in a move.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import takewhile

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import only_describes, who
from kgraph.extract.rules import meetings
from kgraph.extract.rules.construction import hangs_as, is_tagged
from kgraph.extract.rules.en import words
from kgraph.extract.tables import where
from kgraph.model import statement as values
from kgraph.model.statement import Mention, ReadStatement
from kgraph.vocabulary import EntityType, Relation

_NO_MATTERS = (*values.ACTOR_TYPES, EntityType.Figure)
_LONGEST_TITLE = 6
# Characters that the name of a matter can go on for behind its first words.
_LONGEST_NAME = 120
_AGREED = (EntityType.Agreement, EntityType.LegalAct)
# The sorts of acts that are bargained about, by their nouns and verbs.
_ACTS = ("sort-extension", "sort-release", "sort-swap", "sort-visit", "sort-vote", "sort-withdrawal")
_NAMED_KINDS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Meeting)
_ROLES = ("role-group", "role-person", "role-organization")
_PERHAPS_ARTICLE = rf"\s+(?:(?:{'|'.join(sorted(words.ARTICLE))})\s+)?"
_MODIFIERS = ("amod", "npadvmod", "nmod")


def inventory(reading: Reading, statements: Iterable[ReadStatement] = ()) -> Iterator[Mention]:
    """Mentions of named parties and of matters in text order, then what ``statements`` name at length: their matters by
    name alone, and the meetings that their verbs tell of.
    """
    yield from _named(reading)
    for statement in statements:
        named = filter(None, (statement.object, statement.condition, statement.content))
        for matter in (mention for mention in named if mention.type not in _NO_MATTERS):
            yield from _name_alone(matter)
            yield from _whole_name(reading, matter)
        met = statement.object if statement.relation == Relation.meets else None
        if met is not None and met.span == statement.trigger:
            yield from _told_meeting(reading, met, statement.participants)


def _told_meeting(reading: Reading, met: Mention, people: Iterable[Mention]) -> Iterator[Mention]:
    """ "spoke by telephone with President Roe": the words that tell of a meeting, up to the last of those met."""
    behind = [person.span for person in people if person.span.start >= met.span.end]
    for last in sorted(behind, key=lambda span: -span.end)[:1]:
        named = reading.namings.get(last)
        titled = _with_title(reading, named) if named is not None else None
        end = reading.span(titled).end if titled is not None else last.end
        yield _at(reading, met, met.span.start, max(last.end, end))


def _at(reading: Reading, mention: Mention, start: int, end: int) -> Mention:
    """A mention with the words between other characters of the document."""
    return replace(mention, span=values.Span(start, end), text=reading.document.text[start:end])


def _named(reading: Reading) -> Iterator[Mention]:
    yield from _parties(reading)
    named = {naming.party for naming in reading.cast.namings}
    for noun in filter(partial(_is_unnamed, reading), reading.doc):
        yield from _by_noun(reading, noun, named)
    for act in filter(partial(_is_act, reading), reading.doc):
        yield from _with_place(reading, act)


def _parties(reading: Reading) -> Iterator[Mention]:
    """The named parties: each name, then with what describes it."""
    parties = (naming for naming in reading.cast.namings if naming.party.kind != EntityType.Place)
    for naming in parties:
        if not _is_modifier(reading, naming):
            spans = filter(None, (reading.doc[naming.start : naming.end], _described(reading, naming)))
            yield from (reading.mention(Actor(naming.party, span)) for span in spans)


def _is_unnamed(reading: Reading, token: Token) -> bool:
    """Whether a word is the head of a noun phrase and part of no name."""
    return clauses.is_nominal(token) and token.dep_ != "compound" and reading.cast.at(token) is None


def _by_noun(reading: Reading, noun: Token, named: Collection[Party]) -> Iterator[Mention]:
    """What a noun phrase stands for: a party named elsewhere, a group that the text tells of, or a matter."""
    is_role, is_told = reading.is_one_of(noun, *_ROLES), _is_told_group(reading, noun)
    actors = who(reading, noun) if is_role else []
    meant = [actor for actor in actors if is_told or actor.party in named]
    if meant:
        yield from map(reading.mention, meant)
    elif is_told:
        yield _group(reading, noun)
    elif _is_matter(reading, noun) and (not is_role or reading.is_word("measure-noun", noun)):
        yield from _matters(reading, noun)


def _is_modifier(reading: Reading, naming: Naming) -> bool:
    """Whether a naming only describes: an adjective of a faith or a people ("Catholic", "Peruvian fishermen"), the city
    of a plan ("the Lima plan").
    """
    head = reading.doc[naming.start : naming.end].root
    of_a_city = naming.manner == "metonym" and head.dep_ in ("compound", "amod", "nmod")
    return of_a_city or only_describes(naming, head)


def _is_matter(reading: Reading, token: Token) -> bool:
    if _is_agreed(reading, token, _NAMED_KINDS):
        return token.dep_ not in _MODIFIERS
    is_measure = reading.is_one_of(token, "measure-noun", *_ACTS) and _is_told_apart(token)
    return is_measure or _is_done_to_a_party(reading, token)


def _is_told_apart(noun: Token) -> bool:
    """Whether a measure is more than its noun: "release of hostages", "humanitarian aid", not "the release"."""
    return bool(clauses.children(noun, "prep", "compound", "amod", "poss", "nmod"))


def _matters(reading: Reading, token: Token) -> Iterator[Mention]:
    """The matter with a noun as head; a meeting also without whose it is: "Roe's call with Doe", "call with Doe"."""
    if matters.kind_of(reading, token) != EntityType.Meeting:
        yield from _with_place(reading, token)
        return
    found = meetings.named_meeting(reading, token, meetings.participants_of(reading, token))
    yield found
    owners = clauses.children(token, "poss")
    if len(owners) == 1:
        rest = reading.doc[owners[0].right_edge.i + 1 : token.i + 1]
        yield _at(reading, found, reading.span(rest).start, found.span.end)


def _with_place(reading: Reading, token: Token) -> Iterator[Mention]:
    """A matter, a pause of fire with the place behind it, which a parse gives to the noun before it: "the end of the
    truce in Peru"; then the name alone, where the phrase goes on with what only explains it.
    """
    found, last = matters.matter(reading, token), token.right_edge
    holds_fire = reading.any_is_lemma("pause-of-fire", (token, last))
    if not holds_fire or clauses.form_behind(last) not in words.PLACE_IN:
        yield found
        yield from _name_alone(found)
        return
    place = reading.doc[last.i + 1 : last.nbor().right_edge.i + 1]
    yield _held_in(reading, found, place) if reading.any_names(place) else found


def _held_in(reading: Reading, found: Mention, place: Span) -> Mention:
    name = found.name if found.antecedent else f"{found.name} {reading.label(place)}"
    return replace(_at(reading, found, found.span.start, reading.span(place).end), name=name)


def _name_alone(mention: Mention) -> Iterator[Mention]:
    """ "the visit of Roe, the first since May" is the visit of Roe."""
    start = mention.text.find(mention.name)
    if mention.antecedent is None and start >= 0 and start + len(mention.name) < len(mention.text):
        first = mention.span.start + start
        yield replace(mention, span=values.Span(first, first + len(mention.name)), text=mention.name)


def _whole_name(reading: Reading, mention: Mention) -> Iterator[Mention]:
    """ "the accord", said of "the accord to share the port": the words as far as the name goes, with the articles that
    a name leaves out.
    """
    start, end = mention.span.start, mention.span.end
    name = _with_articles(mention.short_name or mention.name)
    found = name.search(reading.document.text, start, end + _LONGEST_NAME)
    if mention.antecedent is None and found is not None and found.start() < end < found.end():
        yield _at(reading, mention, start, found.end())


def _with_articles(name: str) -> re.Pattern[str]:
    return re.compile(_PERHAPS_ARTICLE.join(map(re.escape, name.split(" "))))


def _is_told_group(reading: Reading, token: Token) -> bool:
    """People of whom the text says whose they are: "the Peruvian delegation", "prisoners held by Peru"; captives
    always, for they are what is bargained about. Those who are counted are a figure.
    """
    if reading.is_word("captive-noun", token):
        return not any(child.like_num for child in token.children)
    is_group = reading.is_one_of(token, "standing-group", "changing-group")
    counted = is_group and any(word.like_num for word in token.subtree)
    owning = clauses.below(token, "amod", "compound", "poss", "prep", "acl")
    return is_group and not counted and reading.any_names(owning)


def _group(reading: Reading, token: Token) -> Mention:
    found = matters.matter(reading, token)
    return replace(found, type=EntityType.Group, key=found.name.lower())


@where(is_tagged("VBG"), hangs_as("pcomp", "csubj", "xcomp", "dobj"))
def _is_act(reading: Reading, token: Token) -> bool:
    """ "leaving the accord", "withdrawing its troops": what may be done to what was agreed, and acts that are bargained
    about, where they stand as nouns.
    """
    objects = (word for word in clauses.below(token, "prep", "prt") if word.dep_ == "pobj")
    is_bargained = reading.is_one_of(token, *_ACTS)
    done_to = (*clauses.children(token, "dobj"), *objects)
    return any(is_bargained or _is_agreed(reading, noun, _AGREED) for noun in done_to)


def _is_agreed(reading: Reading, noun: Token, kinds: Collection[EntityType]) -> bool:
    """Whether a noun names a matter of these kinds, or a pause of fire."""
    return matters.kind_of(reading, noun) in kinds or reading.is_lemma("pause-of-fire", noun)


def _is_done_to_a_party(reading: Reading, noun: Token) -> bool:
    """A noun of doing or being that names a party or place: "annexation of the island", "Peru's sovereignty"."""
    return noun.lower_.endswith(words.ENDINGS_OF_DEEDS) and reading.any_names(clauses.below(noun, "prep", "poss"))


def _described(reading: Reading, naming: Naming) -> Span | None:
    """A name with the words before it that say what it names: a person's office, a body's kind."""
    if naming.party.kind == EntityType.Person:
        return _with_title(reading, naming)
    return _with_kind(reading, naming) if naming.party.kind == EntityType.Organization else None


def _with_kind(reading: Reading, naming: Naming) -> Span | None:
    """A body's name with the noun before it, and what belongs to that noun: "the fishing company Andex", or with its
    state: "Peru's Andex".
    """
    if naming.start == 0:
        return None
    before = reading.doc[naming.start - 1]
    if reading.is_one_of(before, *_ROLES):
        described = (t.i for t in before.subtree if t.i < before.i and t.dep_ in ("compound", "amod", "nmod"))
        return reading.doc[min(described, default=before.i) : naming.end]
    owners = reading.doc[max(0, before.i - 1) : before.i] if before.tag_ == "POS" else ()
    states = reading.cast.among(owners, (EntityType.State,))
    return reading.doc[states[0].start : naming.end] if states else None


def _with_title(reading: Reading, naming: Naming) -> Span | None:
    """A person's name with the office before it and the country behind it: "Peruvian President Roe", "Mr Roe of
    Peru".
    """
    nearest_first = reversed(reading.doc[max(0, naming.start - _LONGEST_TITLE) : naming.start])
    title = list(takewhile(partial(_is_of_title, reading), nearest_first))
    has_office = any(_is_title(reading, token) for token in title)
    return reading.doc[naming.start - len(title) : _end_of_country(reading, naming)] if has_office else None


def _is_of_title(reading: Reading, token: Token) -> bool:
    """Whether a word before a name is part of its title, or leads over from one that is: "President of Peru"."""
    leads_over = token.lower_ in words.OF_TITLES and token.i > 0
    return _belongs_to_title(reading, token) or leads_over and _belongs_to_title(reading, token.nbor(-1))


def _end_of_country(reading: Reading, naming: Naming) -> int:
    """Where a name ends with the country behind it."""
    behind = reading.doc[naming.end : naming.end + 2]
    is_of = len(behind) == 2 and behind[0].lower_ in words.OF
    countries = reading.cast.among(behind[1:], (EntityType.State,)) if is_of else []
    return countries[0].end if countries else naming.end


def _is_title(reading: Reading, token: Token) -> bool:
    return reading.is_word("role-person", token) or token.lower_.rstrip(".") in words.FORM_OF_ADDRESS


def _belongs_to_title(reading: Reading, token: Token) -> bool:
    capital = token.pos_ in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper()
    unnamed = reading.cast.at(token) is None and (capital or _is_title(reading, token))
    return unnamed or reading.cast.kind_at(token) in (EntityType.State, EntityType.Organization)
