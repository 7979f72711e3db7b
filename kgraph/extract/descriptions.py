"""Whom a common noun stands for ("the minister", "both sides", "Iranian officials"), as an ordered table of rules.

Each rule's example is a test: the marked phrase stands for the party after the arrow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial
from itertools import chain, islice

from spacy.tokens import Span, Token

from kgraph.extract import clauses, pairs
from kgraph.extract.affiliation import affiliation
from kgraph.extract.candidates import (
    MAX_SENTENCES_BACK,
    Rule,
    Search,
    earlier_namings,
    nearest,
    standing_for,
    state_spoken_of,
    when,
)
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.construction import is_a, is_form, is_one_of, is_word
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType, Relation

_BODIES = (EntityType.State, EntityType.Organization)
_NAMED_MEMBERS = (EntityType.State, EntityType.Organization, EntityType.Person)
_DETERMINERS = ("det", "nummod", "predet")
# Where a noun speaks of somebody, not of what somebody is.
_OF_A_PARTY = (*clauses.NAMED_SUBJECTS, "dobj", "pobj", "dative", "conj", "appos")
_ADJECTIVES = ("amod", "compound", "nmod")
_MODIFIERS = (*_ADJECTIVES, "poss", "prep")
# What a single description is, by the class of its noun.
_KINDS = (("role-person", EntityType.Person), ("role-organization", EntityType.Organization))


def is_role(reading: Reading, head: Token) -> bool:
    """Whether a noun names a role, a group or a body at all."""
    return reading.is_one_of(head, "role-person", "role-group", "role-organization")


def extent(head: Token) -> Span:
    """The words of a description, without clauses and appositions that hang on it."""
    apart = [c for c in clauses.children(head, "prep") if clauses.children(c, "pcomp") or _is_circumstance(c)]
    return clauses.noun_phrase(head, apart)


def _is_circumstance(preposition: Token) -> bool:
    """ "his counterpart in Quito on Monday": day and place are none of the party's words."""
    is_place = preposition.lower_ in words.PLACE_IN and preposition.head.lower_ in words.COUNTERPART
    return is_place or any(t.ent_type_ == "DATE" for t in clauses.children(preposition, "pobj"))


def label(reading: Reading, span: Span) -> str:
    """The words of a phrase without its article."""
    span = clauses.peeled(span, _is_before_name)
    return reading.label(clauses.peeled(span, lambda token: token.text in words.POSSESSIVE_MARK, -1))


def _is_before_name(token: Token) -> bool:
    return token.is_punct or token.lower_ in words.ARTICLE


def _determiner(head: Token) -> str:
    return next((c.lower_ for c in clauses.children(head, "poss", *_DETERMINERS)), "")


# What is asked of a head before a rule is


def _is_plural(reading: Reading, head: Token) -> bool:
    return clauses.is_plural(head)


def _is_one(reading: Reading, head: Token) -> bool:
    return not clauses.is_plural(head)


def _is_counted(reading: Reading, head: Token) -> bool:
    """ "a number of states", "some of the rebels": whether it counts parties."""
    of = clauses.prepositional(head, *words.POSSESSOR)[:1]
    of_parties = reading.any_names(of) or any(is_role(reading, noun) for noun in of)
    return of_parties or reading.is_form("member-noun", head)


def _is_quantity(reading: Reading, head: Token) -> bool:
    return head.lower_ in words.QUANTIFIER or reading.is_form("quantity-noun", head)


def _is_towards(reading: Reading, head: Token) -> bool:
    return bool(clauses.prepositional(head, *words.TOWARDS))


def _is_restricted(reading: Reading, head: Token) -> bool:
    return _determiner(head) in words.RESTRICTING


def _is_own(reading: Reading, head: Token) -> bool:
    return _determiner(head) in words.OWN_COLLECTIVE


def _is_bare_definite(reading: Reading, head: Token) -> bool:
    return _determiner(head) in words.DEFINITE and not clauses.children(head, *_MODIFIERS)


def unnamed_group(reading: Reading, span: Span, certainty: float) -> Actor:
    """Several parties that the text does not name, worded as it has them."""
    return Actor(Party(label(reading, span), EntityType.Group), span, certainty=certainty)


# The rules


@when(_is_quantity, _is_counted)
def unnamed_quantity(search: Search, head: Token) -> list[Actor] | None:
    """ "a number of states", "members of the union": an unnamed group, worded as the text has it.

    Example: *A number of states* rejected the plan. → number of states
    """
    return [unnamed_group(search.reading, clauses.noun_phrase(head), 0.8)]


@when(is_a("NUM"), is_one_of(words.COUNTED_PARTIES))
def counted(search: Search, head: Token) -> list[Actor] | None:
    """ "the two agreed": a numeral that stands for the parties named together before.

    Example: Peru and Chile met in Lima. The *two* signed a pact. → Peru and Chile
    """
    return pairs.members(search, head)


def _acts(reading: Reading, head: Token) -> bool:
    """Whether a noun is the subject of a verb in the active."""
    return head.dep_ == "nsubj" and clauses.is_verbal(head.head) and head.head.lemma_ not in words.BE


@when(is_form("sort-declaration"), _acts, _is_bare_definite)
def issuer(search: Search, head: Token) -> list[Actor] | None:
    """ "The statement called for …": whoever the text says issued it.

    Example: The Security Council adopted a statement. *The statement* called for a pause. → UN Security Council
    """
    earlier = reversed(search.reading.doc[: head.i])
    same = (noun for noun in earlier if noun.lemma_ == head.lemma_ and noun.dep_ in ("dobj", "nsubjpass"))
    doers = [doer for noun in islice(same, 1) for doer in clauses.doers(noun.head)]
    issuers = chain.from_iterable(map(search.who, doers))
    return [replace(found, span=extent(head), antecedent=found.antecedent or found.span) for found in issuers] or None


def no_party(search: Search, head: Token) -> list[Actor] | None:
    """A noun that names no role, group or body stands for no party.

    Example: *The weather* delayed the talks. → nobody
    """
    return None if clauses.is_nominal(head) and is_role(search.reading, head) else []


@when(_is_restricted)
def unspecific(search: Search, head: Token) -> list[Actor] | None:
    """ "any country that …", "every party", "no government": nobody that the text means in particular.

    Example: *Any country* that signed the pact can leave it. → nobody
    """
    return []


@when(is_form("body-or-act"), _is_towards)
def act_not_body(search: Search, head: Token) -> list[Actor] | None:
    """ "opposition to the plan", "a movement towards peace": a noun of a body that here names an act or a state.

    Example: *Opposition to the plan* grew in Lima. → nobody
    """
    return []


@when(_is_plural)
def named_members(search: Search, head: Token) -> list[Actor] | None:
    """ "two states, Peru and Chile", "the neighbouring states of Peru and Chile": those whose names are given.

    Example: *Two states*, Peru and Chile, rejected the plan. → Peru and Chile
    """
    reading = search.reading
    states_of = clauses.prepositional(head, *words.POSSESSOR) if reading.is_form("pair-of-states", head) else []
    return _named_from(reading, (*clauses.children(head, "appos"), *states_of), _NAMED_MEMBERS)


def _named_from(reading: Reading, firsts: Iterable[Token], kinds: Collection[EntityType]) -> list[Actor] | None:
    """Several parties of some kinds that are joined, from one of some words on; None where not all of them are such."""
    for parts in map(clauses.conjuncts, firsts):
        named = reading.cast.among(parts, kinds)
        if len(named) == len(parts) > 1:
            return [reading.actor(naming, 0.85) for naming in named]
    return None


@when(is_word("pair-noun"))
def named_together(search: Search, head: Token) -> list[Actor] | None:
    """ "the two leaders", "both sides", "the parties": those whom the text named together before.

    Example: Peru met Chile on Monday. *Both sides* praised the pact. → Peru and Chile
    """
    before = {c.lower_ for c in clauses.children(head, "amod", *_DETERMINERS)}
    if not before.isdisjoint(words.BOTH):
        return pairs.members(search, head) or [unnamed_group(search.reading, extent(head), 0.5)]
    if not clauses.is_plural(head) or before != words.DEFINITE_ARTICLE or affiliation(search, head) is not None:
        return None
    named = pairs.members(search, head)
    return named if named and not _have_acted(search, head, named) else None


def _have_acted(search: Search, head: Token, named: list[Actor]) -> bool:
    """ "Roe and Paz mediated, but the parties refused": people who do one thing are not called parties in the next."""
    acting = clauses.children(head.head.head, "nsubj") if head.head.dep_ == "conj" else []
    acted = {actor.party for first in acting for actor in search.who(first)}
    return {actor.party.kind for actor in named} == {EntityType.Person} and {a.party for a in named} <= acted


@when(is_form("governing-bodies"))
def each_of(search: Search, head: Token) -> list[Actor] | None:
    """ "the Peruvian and Chilean governments": the states that the joined adjectives name.

    Example: *The Peruvian and Chilean governments* signed a pact. → Peru and Chile
    """
    return _named_from(search.reading, clauses.children(head, *_ADJECTIVES), (EntityType.State,))


@when(_is_plural, is_role)
def each_by_adjective(search: Search, head: Token) -> list[Actor] | None:
    """ "Peruvian and Chilean negotiators": one group for each of the joined adjectives.

    Example: *Peruvian and Chilean envoys* signed a pact. → Peruvian envoys and Chilean envoys
    """
    reading = search.reading
    owners = _named_from(reading, clauses.children(head, *_ADJECTIVES), _BODIES)
    if owners is None:
        return None
    rest = label(reading, head.doc[owners[-1].span.end : head.i + 1])
    return [
        replace(owner, party=Party(f"{owner.span.text} {rest}", EntityType.Group, affiliation=owner.party))
        for owner in owners
    ]


@when(_is_plural, is_word("role-person"))
def each_of_theirs(search: Search, head: Token) -> list[Actor] | None:
    """ "Peru and Chile said their envoys …": one group for each of those whom the pronoun stands for.

    Example: Peru and Chile met on Monday. *Their envoys* signed a pact. → Peru’s envoys and Chile’s envoys
    """
    pronouns = clauses.children_with(head, words.THEY, "poss")
    owners = [a for pronoun in pronouns[:1] for a in search.who(pronoun) if a.party.kind in _BODIES]
    return [_theirs(search.reading, head, owner) for owner in owners] if len(owners) > 1 else None


def _theirs(reading: Reading, head: Token, owner: Actor) -> Actor:
    """The group of one of those for whom a pronoun stands: "Peru's envoys"."""
    span, body = extent(head), owner.party
    group = Party(f"{body.name}\u2019s {label(reading, span[1:])}", EntityType.Group, affiliation=body)
    return Actor(group, span, owner.antecedent, 0.7)


@when(is_form("collective-noun"))
def collective_of_owner(search: Search, head: Token) -> list[Actor] | None:
    """ "the Iranian government", "the republic of Peru": the state or body itself.

    Example: *The Peruvian government* rejected the plan. → Peru
    """
    owner = affiliation(search, head)
    return [Actor(owner, extent(head), certainty=0.95)] if owner is not None and owner.kind in _BODIES else None


@when(is_form("collective-noun"))
def collective_of_person(search: Search, head: Token) -> list[Actor] | None:
    """ "his government", "the Roe administration": the state or body of the person.

    Example: Peru's foreign minister Jane Roe spoke in Lima. She said *her government* rejected the plan. → Peru
    """
    cast = search.reading.cast
    pronouns = clauses.children_with(head, words.POSSESSIVE_PERSON, "poss")
    people = [a.party for owner in pronouns for a in search.who(owner)]
    people += [n.party for n in cast.among(clauses.children(head, "poss", "compound", "nmod"), (EntityType.Person,))]
    bodies = filter(None, map(cast.state_of, people[:1]))
    return [Actor(body, extent(head), certainty=0.8) for body in bodies] or None


@when(is_form("collective-noun"), _is_own)
def collective_before(search: Search, head: Token) -> list[Actor] | None:
    """ "the government", "our country": the state named nearest before, else the one that the text names most.

    Example: Peru welcomed the offer. *The government* will sign it. → Peru
    """
    if affiliation(search, head) is not None:
        return None
    return state_spoken_of(search.reading, head, extent(head)) or None


def _is_of_a_field(reading: Reading, head: Token) -> bool:
    """ "the foreign ministry": whether nothing but its field is said of an institution."""
    said = {word.lower_ for word in clauses.children(head, *_MODIFIERS)}
    return said <= words.FOREIGN | reading.knowledge.words["portfolio-noun"]


@when(is_form("state-institution"), _is_own, _is_of_a_field)
def institution(search: Search, head: Token) -> list[Actor] | None:
    """ "the foreign ministry", "the army": that of the state that the text speaks of, where it has named no other.

    Example: Peru welcomed the offer. *The foreign ministry* sent an envoy. → Peru’s foreign ministry
    """
    named = _described_before(search, head) or _nearest_body(search.reading, head)
    return named or list(map(_its_institution, state_spoken_of(search.reading, head, extent(head)))) or None


def _its_institution(state: Actor) -> Actor:
    words_of_it = clauses.peeled(state.span, _is_before_name).text
    party = Party(f"{state.party.name}\u2019s {words_of_it}", EntityType.Organization, affiliation=state.party)
    return Actor(party, state.span, certainty=0.6)


@when(_is_one, _is_bare_definite)
def bare_definite(search: Search, head: Token) -> list[Actor] | None:
    """ "the minister", "the council": the person who bears the role, else the nearest person or body named before.

    "The president" is nobody whom the text gives another office; "the official" may be anybody.

    Example: Foreign Minister Jane Roe spoke in Lima. *The minister* rejected the offer. → Jane Roe
    """
    by_kind = _nearest_person if search.reading.is_word("role-person", head) else _nearest_body
    called_so = [*_by_role(search, head, None), *_described_before(search, head)]
    meant = sorted(called_so, key=_last_named_at)[-1:] or by_kind(search.reading, head)
    return meant or _only_namesake(search.reading, head)


def _only_namesake(reading: Reading, head: Token) -> list[Actor] | None:
    """ "the council", long after "the Andean Council", "the president", long after "President Roe": the one body so
    far whose name ends in the word, the one person so far with that office."""
    is_called = _holds_office if reading.is_form("single-office", head) else _is_named
    namesakes = list(filter(partial(is_called, head), reading.cast.between(0, head.i)))
    is_one = len({naming.party for naming in namesakes}) == 1
    return list(map(partial(standing_for, span=extent(head), certainty=0.55), namesakes[-1:])) if is_one else None


def _holds_office(head: Token, naming: Naming) -> bool:
    return naming.party.kind == EntityType.Person and head.lower_ in naming.party.roles


def _is_named(head: Token, naming: Naming) -> bool:
    *_, last = naming.party.name.lower().split()
    return naming.party.kind == EntityType.Organization and last == head.lower_


@when(_is_plural, _is_bare_definite)
def described_before(search: Search, head: Token) -> list[Actor] | None:
    """ "the envoys" after "three Peruvian envoys": whom the text described by the same noun before.

    Example: Three Peruvian envoys came to Quito. *The envoys* rejected the offer. → Three Peruvian envoys
    """
    return _described_before(search, head) or None


def _is_bare_kind(reading: Reading, head: Token) -> bool:
    """ "energy ministers": whether nothing but a word of their kind is said of several."""
    kinds = clauses.children(head, "amod", "compound")
    return bool(kinds) and not reading.any_names(kinds) and not clauses.children(head, *_DETERMINERS, "poss", "prep")


@when(_is_plural, _is_bare_kind)
def named_in_full_before(search: Search, head: Token) -> list[Actor] | None:
    """ "energy ministers" after "OPEC's energy ministers": those whose whose they are was said before.

    Example: Peru's trade envoys met in Quito. *Trade envoys* rejected the offer. → Peru's trade envoys
    """
    wording = f" {clauses.short_phrase(head).text.lower()}"
    same = (noun for noun in reversed(search.reading.doc[: head.i]) if noun.lower_ == head.lower_)
    fuller = (noun for noun in same if f" {clauses.short_phrase(noun).text.lower()}".endswith(wording))
    found = [actor for noun in islice(fuller, 1) for actor in search.one(noun)]
    return [Actor(a.party, extent(head), a.antecedent or a.span, 0.7) for a in found if a.party.affiliation] or None


def _last_named_at(actor: Actor) -> int:
    return (actor.antecedent or actor.span).start


def _described_before(search: Search, head: Token) -> list[Actor]:
    """ "the diplomat" after "a Chilean diplomat": whom the text described by the same noun before."""
    reading, span = search.reading, extent(head)
    first = reading.sentences[max(0, reading.sentence_number[head.i] - MAX_SENTENCES_BACK)].start
    same = filter(partial(_describes, head), reversed(reading.doc[first : head.i]))
    found = [actor for noun in islice(same, 1) for actor in search.one(noun)]
    return [Actor(actor.party, span, actor.antecedent or actor.span, 0.75) for actor in found]


def _describes(head: Token, noun: Token) -> bool:
    """Whether a noun introduces somebody whom a later noun can point back to."""
    alike = (noun.lower_, noun.tag_) == (head.lower_, head.tag_)
    introduces = _determiner(noun) in words.INTRODUCING | words.ONE
    return alike and noun.dep_ in _OF_A_PARTY and (introduces or bool(clauses.children(noun, *_MODIFIERS)))


def _nearest_person(reading: Reading, head: Token) -> list[Actor] | None:
    """The nearest person named before, where an office is not one that only one person has."""
    if reading.is_form("single-office", head):
        return None
    return nearest(reading, head, (EntityType.Person,), 0.55, extent(head)) or None


def _nearest_body(reading: Reading, head: Token) -> list[Actor] | None:
    """The nearest body named before that can be called so."""
    bodies = (naming for _, naming in earlier_namings(reading, head, (EntityType.Organization, EntityType.Group)))
    meant = (naming for naming in bodies if _can_be_called(reading, naming, head))
    return [standing_for(naming, extent(head), 0.55) for naming in islice(meant, 1)] or None


def _can_be_called(reading: Reading, naming: Naming, head: Token) -> bool:
    """Whether a body can be "the group" or "the army": any can be the former, an army has the word in its name."""
    return reading.is_word("any-body-noun", head) or head.lemma_.lower() in naming.party.name.lower()


@when(_is_one, is_word("role-person"))
def person_of_owner(search: Search, head: Token) -> list[Actor] | None:
    """ "Peru's top envoy": the person of that body who bears the role, else its only person named before.

    Example: Peru's foreign minister Jane Roe spoke in Lima. *The Peruvian minister* rejected the offer. → Jane Roe
    """
    owner = affiliation(search, head)
    if owner is None or clauses.has_child(head, words.ONE, "nummod"):
        return None
    return _by_role(search, head, owner) or _only_person_of(search, head, owner)


def _by_role(search: Search, head: Token, owner: Party | None) -> list[Actor]:
    """The nearest person whom the text called the same before."""
    cast = search.reading.cast
    people = (naming for _, naming in earlier_namings(search.reading, head, (EntityType.Person,)))
    called_so = (naming for naming in people if head.lower_ in naming.party.roles)
    fitting = (n for n in called_so if owner is None or cast.state_of(n.party) in (owner, None))
    return [standing_for(naming, clauses.noun_phrase(head), 0.8) for naming in islice(fitting, 1)]


def _only_person_of(search: Search, head: Token, owner: Party) -> list[Actor] | None:
    """The one person before whom the text gives that affiliation, where the phrase is definite."""
    reading = search.reading
    # A counterpart holds the same office, not any.
    if clauses.has_child(head, words.INTRODUCING) or head.lemma_ in words.COUNTERPART:
        return None
    owners = {naming.party for naming in reading.cast.named(clauses.children(head, "poss"))}
    fitting = filter(partial(_can_hold_office, reading, head), set(reading.cast.people) - owners)
    people = [party for party in fitting if _sides_with(reading, party, owner)]
    if speaks_for_office(reading, head):
        people = [party for party in people if party.roles & reading.knowledge.words["spokesperson-title"]]
    named = list(filter(None, (reading.cast.last_naming(party, head.i) for party in people)))
    return [standing_for(named[0], extent(head), 0.7)] if len(named) == 1 else None


def _can_hold_office(reading: Reading, head: Token, party: Party) -> bool:
    """ "Peru's envoy" is not its president."""
    return not reading.is_word("serving-office", head) or not reading.knowledge.has_word(party.roles, "ruler")


def speaks_for_office(reading: Reading, head: Token) -> bool:
    """Whether a title is a spokesperson's: "spokeswoman", "press secretary"."""
    of_press = reading.is_form("spokesperson-title", head) and reading.any_is_form("press", head.children)
    return of_press or reading.is_form("spokesperson", head)


def _sides_with(reading: Reading, party: Party, owner: Party) -> bool:
    """Whether the text gives a person the affiliation, itself or a body that acts for it."""
    body = party.affiliation
    return body is not None and (body == owner or reading.cast.acts_for(body) in {owner.known} - {None})


def as_worded(search: Search, head: Token) -> list[Actor] | None:
    """Any other description is an unnamed party, worded as the text has it.

    Example: *Three Peruvian negotiators* rejected the offer. → Three Peruvian negotiators
    """
    reading = search.reading
    owner, span = affiliation(search, head), _without_charge(reading, head)
    certainty = 0.85 if owner is not None or clauses.children(head, *_MODIFIERS) else 0.7
    kind = _kind(reading, head)
    roles = {head.lower_} if kind == EntityType.Person else set()
    party = Party(_name(reading, span, owner), kind, affiliation=owner, roles=roles)
    return [Actor(party, span, certainty=certainty)]


def _without_charge(reading: Reading, head: Token) -> Span:
    """ "accused the army of an offensive": what somebody is accused of is none of its words."""
    accuses = any(frame.relation == Relation.accuses for frame in reading.frames_of_verb(head.head))
    charges = clauses.children_with(head, words.BLAME, "prep") if accuses and head.dep_ == "dobj" else []
    return clauses.noun_phrase(head, charges) if charges else extent(head)


def _name(reading: Reading, span: Span, owner: Party | None) -> str:
    """The words of a description, with whose it is for a pronoun: "its ministry" is "Peru's ministry", and "Peru, whose
    ministry …" has one, too.
    """
    relative, personal = span[0].tag_ == "WP$", span[0].tag_ == "PRP$" and span[0].lower_ in words.THIRD
    by_pronoun = len(span) > 1 and (relative or personal and not reading.any_names(span))
    if owner is None or not by_pronoun:
        return label(reading, span[1:] if personal and len(span) > 1 else span)
    return f"{owner.name}\u2019s {label(reading, span[1:])}"


def _kind(reading: Reading, head: Token) -> EntityType:
    kinds = () if clauses.is_plural(head) else _KINDS
    return next((kind for word_class, kind in kinds if reading.is_word(word_class, head)), EntityType.Group)


RULES: tuple[Rule, ...] = (
    unnamed_quantity,
    counted,
    issuer,
    no_party,
    unspecific,
    act_not_body,
    named_members,
    named_together,
    each_of,
    each_by_adjective,
    each_of_theirs,
    collective_of_owner,
    collective_of_person,
    collective_before,
    institution,
    bare_definite,
    person_of_owner,
    described_before,
    named_in_full_before,
    as_worded,
)
