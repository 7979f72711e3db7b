"""Whom a common noun stands for ("the minister", "both sides", "Iranian officials"), as an ordered table of rules.

Each rule's example is a test: the marked phrase stands for the party after the arrow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph.extract import clauses, pairs
from kgraph.extract.affiliation import affiliation
from kgraph.extract.candidates import Rule, Search, earlier_namings, nearest, standing_for
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType, Relation

_BODIES = (EntityType.State, EntityType.Organization)
_NAMED_MEMBERS = (EntityType.State, EntityType.Organization, EntityType.Person)
_DETERMINERS = ("det", "nummod", "predet")
_MODIFIERS = ("amod", "compound", "nmod", "poss", "prep")


def is_role(reading: Reading, head: Token) -> bool:
    """Whether a noun names a role, a group or a body at all."""
    return reading.is_one_of(head, "role-person", "role-group", "role-organization")


def extent(head: Token) -> Span:
    """The words of a description, without clauses and appositions that hang on it."""
    apart = [c for c in clauses.children(head, "prep") if clauses.children(c, "pcomp") or _is_circumstance(c)]
    return clauses.noun_phrase(head, apart)


def _is_circumstance(preposition: Token) -> bool:
    """ "his counterpart in Quito on Monday": day and place are none of the party's words."""
    if preposition.lower_ in words.PLACE_IN and preposition.head.lower_ in words.COUNTERPART:
        return True
    return any(t.ent_type_ == "DATE" for t in clauses.children(preposition, "pobj"))


def label(reading: Reading, span: Span) -> str:
    """The words of a phrase without its article."""
    span = clauses.peeled(span, _is_before_name)
    return reading.label(clauses.peeled(span, lambda token: token.text in words.POSSESSIVE_MARK, -1))


def _is_before_name(token: Token) -> bool:
    return token.is_punct or token.lower_ in words.ARTICLE


def _determiner(head: Token) -> str:
    return next((c.lower_ for c in clauses.children(head, "poss", *_DETERMINERS)), "")


def _is_modified(head: Token) -> bool:
    return bool(clauses.children(head, *_MODIFIERS))


def unnamed_quantity(search: Search, head: Token) -> list[Actor] | None:
    """ "a number of states", "members of the union": an unnamed group, worded as the text has it.

    Example: *A number of states* rejected the plan. → number of states
    """
    reading = search.reading
    if head.lower_ not in words.QUANTIFIER and not reading.is_form("quantity-noun", head):
        return None
    counted = clauses.prepositional(head, *words.POSSESSOR)[:1]
    of_parties = any(is_role(reading, c) or reading.cast.at(c) is not None for c in counted)
    if not of_parties and not reading.is_form("member-noun", head):
        return None
    span = clauses.noun_phrase(head)
    return [Actor(Party(label(reading, span), EntityType.Group), span, certainty=0.8)]


def counted(search: Search, head: Token) -> list[Actor] | None:
    """ "the two agreed": a numeral that stands for the parties named together before.

    Example: Peru and Chile met in Lima. The *two* signed a pact. → Peru and Chile
    """
    if head.pos_ != "NUM" or head.lower_ not in words.COUNTED_PARTIES:
        return None
    return pairs.members(search, head)


def no_party(search: Search, head: Token) -> list[Actor] | None:
    """A noun that names no role, group or body stands for no party.

    Example: *The weather* delayed the talks. → nobody
    """
    return None if clauses.is_nominal(head) and is_role(search.reading, head) else []


def unspecific(search: Search, head: Token) -> list[Actor] | None:
    """ "any country that …", "every party", "no government": nobody that the text means in particular.

    Example: *Any country* that signed the pact can leave it. → nobody
    """
    return [] if _determiner(head) in words.RESTRICTING else None


def act_not_body(search: Search, head: Token) -> list[Actor] | None:
    """ "opposition to the plan", "a movement towards peace": a noun of a body that here names an act or a state.

    Example: *Opposition to the plan* grew in Lima. → nobody
    """
    act = search.reading.is_form("body-or-act", head) and clauses.prepositional(head, *words.TOWARDS)
    return [] if act else None


def named_members(search: Search, head: Token) -> list[Actor] | None:
    """ "two states, Peru and Chile", "the neighbouring states of Peru and Chile": those whose names are given.

    Example: *Two states*, Peru and Chile, rejected the plan. → Peru and Chile
    """
    if not clauses.is_plural(head):
        return None
    reading = search.reading
    states_of = clauses.prepositional(head, *words.POSSESSOR) if reading.is_form("pair-of-states", head) else []
    return _named_from(reading, (*clauses.children(head, "appos"), *states_of), _NAMED_MEMBERS)


def _named_from(reading: Reading, firsts: Iterable[Token], kinds: Collection[EntityType]) -> list[Actor] | None:
    """Several parties of some kinds that are joined, from one of some words on; None where not all of them are such."""
    for first in firsts:
        parts = clauses.conjuncts(first)
        named = reading.cast.among(parts, kinds)
        if len(named) == len(parts) > 1:
            return [reading.actor(naming, 0.85) for naming in named]
    return None


def named_together(search: Search, head: Token) -> list[Actor] | None:
    """ "the two leaders", "both sides", "the parties": those whom the text named together before.

    Example: Peru met Chile on Monday. *Both sides* praised the pact. → Peru and Chile
    """
    reading = search.reading
    before = {c.lower_ for c in clauses.children(head, "amod", *_DETERMINERS)}
    counted = bool(before & words.BOTH)
    definite = clauses.is_plural(head) and before == words.DEFINITE_ARTICLE and affiliation(search, head) is None
    if not reading.is_word("pair-noun", head) or not (counted or definite):
        return None
    found = pairs.members(search, head)
    if found or not counted:
        return found or None
    span = extent(head)
    return [Actor(Party(label(reading, span), EntityType.Group), span, certainty=0.5)]


def each_of(search: Search, head: Token) -> list[Actor] | None:
    """ "the Peruvian and Chilean governments": the states that the joined adjectives name.

    Example: *The Peruvian and Chilean governments* signed a pact. → Peru and Chile
    """
    reading = search.reading
    if not reading.is_form("governing-bodies", head):
        return None
    return _named_from(reading, clauses.children(head, "amod", "compound", "nmod"), (EntityType.State,))


def each_by_adjective(search: Search, head: Token) -> list[Actor] | None:
    """ "Peruvian and Chilean negotiators": one group for each of the joined adjectives.

    Example: *Peruvian and Chilean envoys* signed a pact. → Peruvian envoys and Chilean envoys
    """
    reading = search.reading
    if not clauses.is_plural(head) or not is_role(reading, head):
        return None
    owners = _named_from(reading, clauses.children(head, "amod", "compound", "nmod"), _BODIES)
    if owners is None:
        return None
    rest = label(reading, head.doc[owners[-1].span.end : head.i + 1])
    return [
        replace(owner, party=Party(f"{owner.span.text} {rest}", EntityType.Group, affiliation=owner.party))
        for owner in owners
    ]


def each_of_theirs(search: Search, head: Token) -> list[Actor] | None:
    """ "Peru and Chile said their envoys …": one group for each of those whom the pronoun stands for.

    Example: Peru and Chile met on Monday. *Their envoys* signed a pact. → Peru’s envoys and Chile’s envoys
    """
    reading = search.reading
    pronouns = clauses.children_with(head, words.THEY, "poss")
    if not pronouns or not clauses.is_plural(head) or not reading.is_word("role-person", head):
        return None
    owners = [a for a in search.who(pronouns[0]) if a.party.kind in _BODIES]
    if len(owners) < 2:
        return None
    span = extent(head)
    rest = label(reading, span[1:])
    return [
        Actor(Party(f"{o.party.name}\u2019s {rest}", EntityType.Group, affiliation=o.party), span, o.antecedent, 0.7)
        for o in owners
    ]


def collective_of_owner(search: Search, head: Token) -> list[Actor] | None:
    """ "the Iranian government", "the republic of Peru": the state or body itself.

    Example: *The Peruvian government* rejected the plan. → Peru
    """
    if not search.reading.is_form("collective-noun", head):
        return None
    owner = affiliation(search, head)
    return [Actor(owner, extent(head), certainty=0.95)] if owner is not None and owner.kind in _BODIES else None


def collective_of_person(search: Search, head: Token) -> list[Actor] | None:
    """ "his government", "the Roe administration": the state or body of the person.

    Example: Peru's foreign minister Jane Roe spoke in Lima. She said *her government* rejected the plan. → Peru
    """
    reading = search.reading
    if not reading.is_form("collective-noun", head):
        return None
    pronouns = clauses.children_with(head, words.POSSESSIVE_PERSON, "poss")
    people = [a.party for owner in pronouns for a in search.who(owner)]
    owners = clauses.children(head, "poss", "compound", "nmod")
    people += [naming.party for naming in reading.cast.among(owners, (EntityType.Person,))]
    body = reading.cast.state_of(people[0]) if people else None
    return [Actor(body, extent(head), certainty=0.8)] if body is not None else None


def collective_before(search: Search, head: Token) -> list[Actor] | None:
    """ "the government", "our country": the state named nearest before, else the one that the text names most.

    Example: Peru welcomed the offer. *The government* will sign it. → Peru
    """
    reading = search.reading
    if not reading.is_form("collective-noun", head) or affiliation(search, head) is not None:
        return None
    if _determiner(head) not in words.OWN_COLLECTIVE:
        return None
    span = extent(head)
    return nearest(reading, head, (EntityType.State,), 0.6, span) or _main_state(reading, span) or None


def _main_state(reading: Reading, span: Span) -> list[Actor]:
    """The state that the document names most, where one is named more than all others."""
    named = reading.cast.main_state
    return [standing_for(named, span, 0.5)] if named is not None else []


def bare_definite(search: Search, head: Token) -> list[Actor] | None:
    """ "the minister", "the council": the person who bears the role, else the nearest person or body named before.

    "The president" is nobody whom the text gives another office; "the official" may be anybody.

    Example: Foreign Minister Jane Roe spoke in Lima. *The minister* rejected the offer. → Jane Roe
    """
    reading = search.reading
    if clauses.is_plural(head) or _determiner(head) not in words.DEFINITE or _is_modified(head):
        return None
    by_kind = _nearest_person if reading.is_word("role-person", head) else _nearest_body
    return _by_role(search, head, None) or by_kind(reading, head) or None


def _nearest_person(reading: Reading, head: Token) -> list[Actor]:
    """The nearest person named before, where an office is not one that only one person has."""
    if reading.is_form("single-office", head):
        return []
    return nearest(reading, head, (EntityType.Person,), 0.55, extent(head))


def _nearest_body(reading: Reading, head: Token) -> list[Actor]:
    """The nearest body named before that can be called so."""
    bodies = (naming for _, naming in earlier_namings(reading, head, (EntityType.Organization, EntityType.Group)))
    meant = next((naming for naming in bodies if _can_be_called(reading, naming, head)), None)
    return [standing_for(meant, extent(head), 0.55)] if meant is not None else []


def _can_be_called(reading: Reading, naming: Naming, head: Token) -> bool:
    """Whether a body can be "the group" or "the army": any can be the former, an army has the word in its name."""
    return reading.is_word("any-body-noun", head) or head.lemma_.lower() in naming.party.name.lower()


def person_of_owner(search: Search, head: Token) -> list[Actor] | None:
    """ "Peru's top envoy": the person of that body who bears the role, else its only person named before.

    Example: Peru's foreign minister Jane Roe spoke in Lima. *The Peruvian minister* rejected the offer. → Jane Roe
    """
    if not search.reading.is_word("role-person", head) or clauses.is_plural(head):
        return None
    owner = affiliation(search, head)
    if owner is None:
        return None
    return _by_role(search, head, owner) or _only_person_of(search, head, owner) or None


def _by_role(search: Search, head: Token, owner: Party | None) -> list[Actor]:
    """The nearest person whom the text called the same before."""
    reading = search.reading
    for _, naming in earlier_namings(reading, head, (EntityType.Person,)):
        fits = owner is None or reading.cast.state_of(naming.party) in (owner, None)
        if head.lower_ in naming.party.roles and fits:
            return [standing_for(naming, clauses.noun_phrase(head), 0.8)]
    return []


def _only_person_of(search: Search, head: Token, owner: Party) -> list[Actor]:
    """The one person before whom the text gives that affiliation, where the phrase is definite."""
    reading = search.reading
    # A counterpart holds the same office, not any.
    if clauses.has_child(head, words.INTRODUCING) or head.lemma_ in words.COUNTERPART:
        return []
    people = [party for party in reading.cast.people if _sides_with(reading, party, owner)]
    if speaks_for_office(reading, head):
        people = [party for party in people if party.roles & reading.knowledge.words["spokesperson-title"]]
    named = [naming for party in people if (naming := reading.cast.last_naming(party, head.i)) is not None]
    return [standing_for(named[0], extent(head), 0.7)] if len(named) == 1 else []


def speaks_for_office(reading: Reading, head: Token) -> bool:
    """Whether a title is a spokesperson's: "spokeswoman", "press secretary"."""
    if reading.is_form("spokesperson", head):
        return True
    return reading.is_form("spokesperson-title", head) and reading.any_is_form("press", head.children)


def _sides_with(reading: Reading, party: Party, owner: Party) -> bool:
    """Whether the text gives a person the affiliation, itself or a body that acts for it."""
    if party.affiliation is None:
        return False
    state = reading.cast.acts_for(party.affiliation)
    return party.affiliation == owner or state is not None and state == owner.known


def as_worded(search: Search, head: Token) -> list[Actor] | None:
    """Any other description is an unnamed party, worded as the text has it.

    Example: *Three Peruvian negotiators* rejected the offer. → Three Peruvian negotiators
    """
    reading = search.reading
    owner, span = affiliation(search, head), _without_charge(reading, head)
    certainty = 0.85 if owner is not None or _is_modified(head) else 0.7
    name = _name(reading, span, owner)
    return [Actor(Party(name, _kind(reading, head), affiliation=owner), span, certainty=certainty)]


def _without_charge(reading: Reading, head: Token) -> Span:
    """ "accused the army of an offensive": what somebody is accused of is none of its words."""
    frames = reading.knowledge.frames.get((head.head.lemma_.lower(), "verb"), ())
    accused = head.dep_ == "dobj" and any(frame.relation == Relation.accuses for frame in frames)
    charges = [c for c in clauses.children(head, "prep") if c.lower_ in words.BLAME and accused]
    return clauses.noun_phrase(head, charges) if charges else extent(head)


def _name(reading: Reading, span: Span, owner: Party | None) -> str:
    """The words of a description, with whose it is for a pronoun: "its ministry" is "Peru's ministry"."""
    if len(span) < 2 or span[0].tag_ != "PRP$" or span[0].lower_ not in words.THIRD:
        return label(reading, span)
    rest = label(reading, span[1:])
    if owner is None or reading.any_names(span):
        return rest
    return f"{owner.name}\u2019s {rest}"


def _kind(reading: Reading, head: Token) -> EntityType:
    if clauses.is_plural(head):
        return EntityType.Group
    if reading.is_word("role-person", head):
        return EntityType.Person
    return EntityType.Organization if reading.is_word("role-organization", head) else EntityType.Group


RULES: tuple[Rule, ...] = (
    unnamed_quantity,
    counted,
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
    bare_definite,
    person_of_owner,
    as_worded,
)
