"""Who a noun phrase or pronoun stands for.

Names stand for their party; pronouns and descriptions ("the two sides", "the minister") for a party named before, the
subject of the nearest sentence first. What stays uncertain is not resolved: the caller abstains. The rules stand in
tables: of names here, of pronouns in ``pronouns``, of descriptions in ``descriptions``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import takewhile

from spacy.tokens import Token

from kgraph.extract import affiliation as affiliations
from kgraph.extract import clauses, descriptions, pronouns
from kgraph.extract.candidates import Rule, Search, when
from kgraph.extract.names import Naming, Party
from kgraph.extract.pairs import distinct
from kgraph.extract.predicates import has
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, fails, first_of
from kgraph.vocabulary import EntityType

_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ")
_BODIES = (EntityType.Organization, EntityType.Group)
# Places that do this, or to which it is done, are states.
_ACTING_PLACE = ("nsubj", "nsubjpass", "pobj", "conj", "poss")


def who(reading: Reading, token: Token) -> list[Actor]:
    """The actors that a phrase stands for, coordination included; empty where that is none or uncertain."""
    conjuncts = [head for head in clauses.conjuncts(token) if head == token or head.pos_ in _NOMINAL]
    heads = [*_before_title(reading, token), *conjuncts, *_after_apposition(reading, token)]
    return distinct([actor for head in heads for actor in one(reading, head)])


def _before_title(reading: Reading, head: Token) -> list[Token]:
    """ "Jane Roe and Chile's John Doe", "Roe and Foreign Minister John Doe": the parser takes the first name for an
    owner or a title of the second."""
    naming = reading.cast.at(head)
    before = reading.doc[head.left_edge.i : naming.start] if naming is not None else ()
    return list(filter(_is_no_owner, filter(reading.cast.is_person, before)))


_is_no_owner = all_hold(has("conj"), fails(has("case")))


def _after_apposition(reading: Reading, head: Token) -> list[Token]:
    """ "the minister, Jane Roe, and the envoy, John Doe": the parser joins the second office to the first name."""
    names = filter(reading.cast.is_person, clauses.children(head, "appos"))
    joined = [t for name in names for t in clauses.conjuncts(name)[1:] if t.pos_ in _NOMINAL]
    return joined or _behind_title(reading, head)


def _behind_title(reading: Reading, head: Token) -> list[Token]:
    """ "Presidents Jane Roe of Peru, John Doe of Chile and …": all whom a title of several names."""
    titles = (t for t in (head, *clauses.children(head, "compound")) if reading.is_form("pair-of-persons", t))
    titled = (t for title in titles for t in reading.doc[title.i + 1 : title.i + 2] if reading.cast.is_person(t))
    behind = (reading.doc[first.i : head.right_edge.i + 1] for first in titled)
    return list(filter(reading.cast.is_person, takewhile(fails(clauses.is_verbal), next(behind, ()))))


def who_all(reading: Reading, heads: Iterable[Token]) -> list[Actor]:
    """The actors that several phrases stand for, one after the other."""
    return [actor for head in heads for actor in who(reading, head)]


def one(reading: Reading, head: Token) -> list[Actor]:
    """The actors of one head, its coordination left out.

    The answer is kept, but for what is asked while a pronoun is resolved: that one cannot stand for itself.
    """
    if reading.resolving:
        return first_of(RULES, search_in(reading), head) or []
    if head.i not in reading.actors_at:
        reading.actors_at[head.i] = first_of(RULES, search_in(reading), head) or []
    return reading.actors_at[head.i]


def affiliation(reading: Reading, head: Token) -> Party | None:
    """The state or body that a description belongs to, None where its words name none."""
    return affiliations.affiliation(search_in(reading), head)


def opponents(reading: Reading, side: Token) -> Party | None:
    """Those whom the text means by "rebel" or "opposition", None where it does not speak of them."""
    return affiliations.opponents(search_in(reading), side)


def search_in(reading: Reading) -> Search:
    """What the rules are given to resolve the phrases of a document."""
    return Search(reading, partial(who, reading), partial(one, reading))


def named(search: Search, head: Token) -> list[Actor] | None:
    """A name stands for its party; an adjective or a place that does not act for nobody.

    Example: *Jane Roe* signed the pact. → Jane Roe
    """
    naming = search.reading.cast.at(head)
    if naming is None:
        return None
    party_of = _acting_place if naming.party.kind == EntityType.Place else _party_of
    return [*_before_comma(search.reading, naming), *party_of(search.reading, naming, head)]


def _acting_place(reading: Reading, naming: Naming, head: Token) -> list[Actor]:
    """A country that no actor is known for, where it does something or something is done to it."""
    if head.ent_type_ != "GPE" or head.dep_ not in _ACTING_PLACE:
        return []
    state = Party(naming.party.name, EntityType.State)
    return [Actor(state, reading.doc[naming.start : naming.end], certainty=0.6)]


def _party_of(reading: Reading, naming: Naming, head: Token) -> list[Actor]:
    certainty = 1.0 if naming.manner == "name" else 0.9
    return [] if only_describes(naming, head) else [reading.actor(naming, certainty)]


def only_describes(naming: Naming, head: Token) -> bool:
    """Whether a naming with this head is an adjective of a faith or a people: "Catholic", "Peruvian fishermen"."""
    if naming.party.kind == EntityType.Group and naming.party.known is None:
        return not clauses.is_plural(head)
    return naming.manner == "demonym" and head.pos_ == "ADJ" and head.dep_ in ("amod", "compound")


def _before_comma(reading: Reading, naming: Naming) -> list[Actor]:
    """ "Peru, Chile resume talks": a comma coordinates names at the start of a headline."""
    before = reading.doc[max(0, naming.start - 2) : naming.start]
    joined = naming.end <= reading.headline_end and before[-1:].text == ","
    firsts = reading.cast.among(before[:1], (naming.party.kind,)) if joined else []
    return [reading.actor(first) for first in firsts if not reading.doc[: first.start].text.strip()]


def beside_name(search: Search, head: Token) -> list[Actor] | None:
    """ "A spokesman, Jane Roe, …" and "Jane Roe, the spokesman, …": the name beside a description, a body's too.

    Example: *A spokeswoman*, Jane Roe, rejected the offer. → Jane Roe
    """
    naming = _apposed_name(search.reading, head)
    return [Actor(naming.party, clauses.short_phrase(head))] if naming is not None else None


def _apposed_name(reading: Reading, head: Token) -> Naming | None:
    kinds = (EntityType.Person, *(_BODIES if _names_a_body(reading, head) else ()))
    behind = reading.cast.among(clauses.children(head, "appos"), kinds)
    named = [naming for naming in behind if naming.party.kind == EntityType.Person or naming.manner == "name"]
    if head.dep_ == "appos" and descriptions.is_role(reading, head):
        named += reading.cast.among((head.head,), (EntityType.Person, EntityType.Organization))
    return named[0] if named else None


def _names_a_body(reading: Reading, head: Token) -> bool:
    """ "one of these groups, the Front for Something, …", "the movement, the Front for Something, …"."""
    return head.lower_ in words.ONE or reading.is_word("role-organization", head)


@when(descriptions.is_role)
def title_before_name(search: Search, head: Token) -> list[Actor] | None:
    """ "Minister of Foreign Affairs of Peru Jane Roe": an office whose phrase ends in the name of who holds it.

    Example: *Minister of Foreign Affairs of Peru Jane Roe* accepted the truce. → Jane Roe
    """
    reading = search.reading
    behind = reading.doc[head.i + 1 : max(descriptions.extent(head).end, head.i + 2)]
    names = [n for n in reading.cast.among(behind[-1:], (EntityType.Person,)) if n.start > head.i]
    holders = (n for n in names if all(_is_of_office(reading, token) for token in reading.doc[head.i : n.start]))
    return [reading.actor(holder) for holder in holders] or None


def _is_of_office(reading: Reading, token: Token) -> bool:
    """Whether a word can stand in an office's title: "of", "the", "Foreign", "Affairs", a state or body."""
    small = token.lower_ in words.IN_A_TITLE
    of_office = small or reading.is_form("title", token) or reading.is_form("portfolio-noun", token)
    return of_office or reading.cast.kind_at(token) not in (None, EntityType.Person)


# Read from the first to the last; the first rule that applies decides.
RULES: tuple[Rule, ...] = (pronouns.pronoun, named, beside_name, title_before_name, *descriptions.RULES)
