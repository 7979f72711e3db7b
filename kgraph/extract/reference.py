"""Who a noun phrase or pronoun stands for.

Names stand for their party; pronouns and descriptions ("the two sides", "the minister") for a party named before, the subject of
the nearest sentence first. What stays uncertain is not resolved: the caller abstains.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.vocabulary import EntityType

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves both".split())
_FIRST = frozenset("i me my mine we us our ours ourselves myself".split())
_COLLECTIVE = frozenset("government administration country state regime nation republic kingdom side".split())
_SPOKES = frozenset("spokesman spokeswoman spokesperson secretary".split())
# "the president" is nobody whom the text gives another office; "the official" may be anybody.
_OFFICES = frozenset(
    "president minister premier chancellor king queen emir sultan secretary ambassador spokesman spokeswoman spokesperson "
    "negotiator general governor mayor".split()
)
_GOVERNMENTS = frozenset("governments sides authorities delegations".split())
MAX_SENTENCES_BACK = 4


def who(reading: Reading, token: Token, depth: int = 0) -> list[Actor]:
    """The actors that a noun phrase head stands for, coordination included; empty when it stands for none or is uncertain."""
    found: list[Actor] = []
    for head in clauses.conjuncts(token):
        if head != token and head.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ"):
            continue
        found += one(reading, head, depth)
    return distinct(found)


def distinct(actors: list[Actor]) -> list[Actor]:
    """Every party once, in order."""
    seen, kept = set(), []
    for actor in actors:
        if actor.key not in seen:
            seen.add(actor.key)
            kept.append(actor)
    return kept


def one(reading: Reading, head: Token, depth: int) -> list[Actor]:
    """The actors of one head, its coordination left out."""
    from kgraph.extract import pairs

    lower = head.lower_
    if depth > 3:
        return []
    if head.pos_ == "PRON" or lower in _HE | _SHE | _IT | _THEY | _FIRST:
        return _pronoun(reading, head)
    naming = reading.cast.at(head)
    if naming is not None:
        return [*_before_comma(reading, naming), *_named(reading, head, naming)]
    apposed = _apposed_name(reading, head)
    if apposed is not None:
        return [Actor(apposed.party, clauses.reach(head, ("relcl", "acl", "prep", "punct", "cc", "appos", "advcl")))]
    if lower == "number" or lower in (
        "majority",
        "group",
        "handful",
        "some",
        "one",
        "all",
        "many",
        "most",
        "several",
        "members",
    ):
        return _quantified(reading, head)
    if head.pos_ == "NUM" and lower in ("two", "both", "three"):
        return pairs.members(reading, head)
    return _described(reading, head)


def _named(reading: Reading, head: Token, naming: Naming) -> list[Actor]:
    """A name; "Kenyan diplomats" has the diplomats as its head and does not come here."""
    doc = reading.doc
    start, end = naming.start, naming.end
    if naming.party.kind == EntityType.Place:
        acts = head.ent_type_ == "GPE" and head.dep_ in ("nsubj", "nsubjpass", "pobj", "conj", "poss")
        return [Actor(Party(naming.party.name, EntityType.State), doc[start:end], certainty=0.6)] if acts else []
    if naming.party.kind == EntityType.Group and naming.party.known is None and head.tag_ not in ("NNS", "NNPS"):
        return []
    if naming.manner == "demonym" and head.pos_ == "ADJ" and head.dep_ in ("amod", "compound"):
        return []
    certainty = 0.9 if naming.manner != "name" else 1.0
    return [Actor(naming.party, doc[start:end], certainty=certainty)]


def _before_comma(reading: Reading, naming: Naming) -> list[Actor]:
    """ "Peru, Chile resume talks": a comma coordinates names at the start of a headline."""
    if naming.end > reading.headline_end or naming.start < 2 or reading.doc[naming.start - 1].text != ",":
        return []
    first = reading.cast.at(reading.doc[naming.start - 2])
    if first is None or first.party.kind != naming.party.kind or reading.doc[: first.start].text.strip():
        return []
    return [Actor(first.party, reading.doc[first.start : first.end])]


def _apposed_name(reading: Reading, head: Token) -> Naming | None:
    """ "A spokesman, Jane Roe, …" and "Jane Roe, the spokesman, …": the name beside a description."""
    for child in clauses.children(head, "appos"):
        naming = reading.cast.at(child)
        if naming is not None and naming.party.kind == EntityType.Person:
            return naming
    if head.dep_ == "appos":
        naming = reading.cast.at(head.head)
        if (
            naming is not None
            and naming.party.kind in (EntityType.Person, EntityType.Organization)
            and _is_role(reading, head)
        ):
            return naming
    return None


def _is_role(reading: Reading, head: Token) -> bool:
    return any(reading.is_word(name, head) for name in ("role-person", "role-group", "role-organization"))


def _quantified(reading: Reading, head: Token) -> list[Actor]:
    """ "a number of states", "members of the union": an unnamed group, worded as the text has it."""
    inner = clauses.prepositional(head, "of")
    if head.lower_ in ("group", "members") or inner and (_is_role(reading, inner[0]) or reading.cast.at(inner[0])):
        span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"))
        return [Actor(Party(_label(reading, span), EntityType.Group), span, certainty=0.8)]
    return _described(reading, head)


def _each_of(reading: Reading, head: Token) -> list[Actor]:
    """ "the Peruvian and Chilean governments": the states that the joined adjectives name."""
    for child in clauses.children(head, "amod", "compound", "nmod"):
        namings = [reading.cast.at(part) for part in clauses.conjuncts(child)]
        named = [n for n in namings if n is not None and n.party.kind == EntityType.State]
        if len(named) > 1 and head.lower_ in _GOVERNMENTS:
            return [Actor(n.party, reading.doc[n.start : n.end], certainty=0.85) for n in named]
    return []


def _described(reading: Reading, head: Token) -> list[Actor]:
    """A common noun that names a role, a group or a body."""
    from kgraph.extract import pairs

    if head.pos_ not in ("NOUN", "PROPN") or not _is_role(reading, head):
        return []
    complements = [c for c in head.children if c.dep_ == "prep" and clauses.children(c, "pcomp")]
    span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"), complements)
    owner = affiliation(reading, head)
    plural = head.tag_ in ("NNS", "NNPS")
    determiner = next((c.lower_ for c in head.children if c.dep_ in ("det", "poss", "nummod", "predet")), "")
    words = {c.lower_ for c in head.children if c.dep_ in ("det", "nummod", "predet", "amod")}
    if reading.is_word("pair-noun", head) and (
        words & {"two", "both"} or plural and words <= {"the"} and owner is None and "the" in words
    ):
        pair = pairs.members(reading, head)
        if pair or words & {"two", "both"}:
            return pair or [Actor(Party(_label(reading, span), EntityType.Group), span, certainty=0.5)]
    each = _each_of(reading, head)
    if each:
        return each
    if head.lower_ in _COLLECTIVE and owner is not None and owner.kind in (EntityType.State, EntityType.Organization):
        return [Actor(owner, span, certainty=0.95)]
    if head.lower_ in _COLLECTIVE and determiner in ("his", "her") and owner is None:
        owner = next(
            (reading.cast.state_of(a.party) for c in clauses.children(head, "poss") for a in who(reading, c, 2)), None
        )
        if owner is not None:
            return [Actor(owner, span, certainty=0.8)]
    if head.lower_ in _COLLECTIVE and determiner in ("the", "this", "its", "our") and owner is None:
        return _last(reading, head, (EntityType.State,), 0.6, span) or _main_state(reading, span)
    if owner is None and not plural and determiner in ("the", "this") and not _modified(head):
        kinds = (
            (EntityType.Person,)
            if reading.is_word("role-person", head)
            else (EntityType.Organization, EntityType.Group)
        )
        found = _by_role(reading, head)
        if not found and not (kinds == (EntityType.Person,) and head.lower_ in _OFFICES):
            found = _last(reading, head, kinds, 0.55, span)
        if found:
            return found
    if reading.is_word("role-person", head) and not plural and owner is not None:
        found = _by_role(reading, head, owner) or _only_one_of(reading, head, owner, span)
        if found:
            return found
    kind = (
        EntityType.Person
        if reading.is_word("role-person", head) and not plural
        else EntityType.Group
        if plural or not reading.is_word("role-organization", head)
        else EntityType.Organization
    )
    certainty = 0.85 if owner is not None or _modified(head) else 0.7
    return [Actor(Party(_label(reading, span), kind, affiliation=owner), span, certainty=certainty)]


def _only_one_of(reading: Reading, head: Token, owner: Party, span: Span) -> list[Actor]:
    """ "Norway's top envoy": the one person before whom the text gives that affiliation, where the phrase is definite."""
    if any(c.lower_ in ("a", "an", "another") for c in head.children):
        return []
    spokes = head.lower_ == "secretary" and any(c.lower_ == "press" for c in head.children) or head.lower_ in _SPOKES
    found = {
        n.party: n
        for n in reading.cast.namings
        if n.start < head.i
        and n.party.kind == EntityType.Person
        and _sides_with(reading, n.party, owner)
        and (not spokes or n.party.roles & _SPOKES)
    }
    if len(found) != 1:
        return []
    party, naming = next(iter(found.items()))
    return [Actor(party, span, reading.doc[naming.start : naming.end], 0.7)]


def _sides_with(reading: Reading, party: Party, owner: Party) -> bool:
    """Whether the text gives a person the affiliation, itself or a body that acts for it."""
    if party.affiliation is None:
        return False
    known = reading.knowledge.actors.get(party.affiliation.known or "")
    return (
        party.affiliation == owner or known is not None and known.acts_for is not None and known.acts_for == owner.known
    )


def _main_state(reading: Reading, span: Span) -> list[Actor]:
    """The state that the document names most: whose government "the government" is, where it says nothing nearer."""
    counts = Counter(n.party.known for n in reading.cast.namings if n.party.kind == EntityType.State and n.party.known)
    ranked = counts.most_common(2)
    if not ranked or len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return []
    naming = next(n for n in reading.cast.namings if n.party.known == ranked[0][0])
    return [Actor(naming.party, span, reading.doc[naming.start : naming.end], 0.5)]


def _modified(head: Token) -> bool:
    return any(c.dep_ in ("amod", "compound", "nmod", "poss", "prep") for c in head.children)


def _label(reading: Reading, span: Span) -> str:
    """The words of a phrase without its article."""
    while len(span) > 1 and span[0].lower_ in ("the", "a", "an"):
        span = span[1:]
    return reading.words(span)


def affiliation(reading: Reading, head: Token) -> Party | None:
    """The state or body that a description belongs to: "Iranian officials", "Iran's parliament", "government of Iran"."""
    for child in head.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss"):
            naming = reading.cast.at(child)
            if naming is not None and naming.party.kind == EntityType.Person and child.dep_ == "poss":
                return reading.cast.state_of(naming.party)
            if naming is not None and naming.party.kind in (
                EntityType.State,
                EntityType.Organization,
                EntityType.Group,
                EntityType.Place,
            ):
                return naming.party
            if child.dep_ in ("compound", "poss", "nmod", "amod") and child.pos_ in ("NOUN", "PROPN", "ADJ"):
                inner = affiliation(reading, child)
                if inner is not None:
                    return inner
            if child.dep_ == "poss" and child.lower_ in _IT | _HE | _SHE | _THEY and child.i not in reading.resolving:
                owners = who(reading, child, 2)
                if len(owners) == 1 and owners[0].party.kind in (EntityType.State, EntityType.Organization):
                    return owners[0].party
    for inner_head in (
        clauses.prepositional(head, "of") + clauses.prepositional(head, "in") + clauses.prepositional(head, "from")
    ):
        naming = reading.cast.at(inner_head)
        if naming is not None and naming.party.kind in (EntityType.State, EntityType.Organization):
            return naming.party
        if naming is None and inner_head.pos_ in ("NOUN", "PROPN") and inner_head.i > head.i:
            found = affiliation(reading, inner_head)
            if found is not None:
                return found
    return None


def _subjecthood(reading: Reading, naming: Naming) -> bool:
    root = reading.doc[naming.start : naming.end].root
    while root.dep_ in ("compound", "poss", "conj", "appos", "amod", "nmod") and root.dep_ != "poss":
        root = root.head
    return root.dep_ in ("nsubj", "nsubjpass")


def _candidates(reading: Reading, token: Token, kinds: tuple[str, ...]) -> list[tuple[float, Naming]]:
    """Earlier namings with a score: near sentences and subjects first."""
    sentence = token.sent.start
    starts = sorted({s.start for s in reading.doc.sents if s.start <= sentence}, reverse=True)
    order = {start: n for n, start in enumerate(starts)}
    found = []
    outside = reading.quotation_at(token) is None
    for naming in reading.cast.namings:
        if naming.start >= token.i or naming.party.kind not in kinds or naming.end > token.i:
            continue
        if (
            naming.manner == "demonym"
            and reading.doc[naming.start].dep_ in ("amod", "compound")
            and naming.party.kind == EntityType.State
        ):
            continue
        distance = order.get(reading.doc[naming.start].sent.start, 99)
        if distance > (MAX_SENTENCES_BACK if kinds != (EntityType.Person,) else 2 * MAX_SENTENCES_BACK):
            continue
        if reading.doc[naming.start : naming.end].root.head == token.head and token.dep_ in ("dobj", "pobj", "dative"):
            continue
        if outside and reading.quotation_at(reading.doc[naming.start]) is not None:
            continue
        score = -2.0 * distance + (1.5 if _subjecthood(reading, naming) else 0.0) + 0.001 * naming.start
        found.append((score, naming))
    return sorted(found, key=lambda pair: -pair[0])


def _in_focus(
    reading: Reading, token: Token, kinds: tuple[str, ...], certainty: float, span: Span, gender: str | None = None
) -> list[Actor]:
    """The subject in focus: the first fitting subject before the pronoun in its own sentence, else of the sentences before.

    After Grosz, Joshi & Weinstein 1995 (centering): the subject of the last utterance is what a pronoun most likely continues.
    """
    quotation = reading.quotation_at(token)
    sentences = [s for s in reading.doc.sents if s.start <= token.i][::-1][:3]
    for distance, sentence in enumerate(sentences):
        for subject in sentence:
            if subject.i >= token.i:
                break
            if (
                subject.dep_ not in ("nsubj", "nsubjpass")
                or subject.i in reading.resolving
                or subject.lower_ in _FIRST
                or subject.head == token.head
            ):
                continue
            if (reading.quotation_at(subject) is None) != (quotation is None) and reading.quotation_at(
                subject
            ) is not None:
                continue
            found = [
                a
                for a in who(reading, subject, 2)
                if a.party.kind in kinds and a.party.gender in (None, gender if gender else a.party.gender)
            ]
            if len(found) == 1 and not (quotation is not None and _speaks(reading, quotation, found[0].party)):
                return [Actor(found[0].party, span, found[0].antecedent or found[0].span, certainty - 0.05 * distance)]
    return []


def _last(reading: Reading, token: Token, kinds: tuple[str, ...], certainty: float, span: Span) -> list[Actor]:
    found = _candidates(reading, token, kinds)
    if not found:
        return []
    naming = found[0][1]
    return [Actor(naming.party, span, reading.doc[naming.start : naming.end], certainty)]


def _by_role(reading: Reading, head: Token, owner: Party | None = None) -> list[Actor]:
    """ "the minister" stands for the person whom the text called a minister before."""
    role = head.lower_
    span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"))
    for _, naming in _candidates(reading, head, (EntityType.Person,)):
        party = naming.party
        if role in party.roles and (owner is None or reading.cast.state_of(party) in (owner, None)):
            return [Actor(party, span, reading.doc[naming.start : naming.end], 0.8)]
    return []


def _pronoun(reading: Reading, token: Token) -> list[Actor]:
    from kgraph.extract import attribution

    lower = token.lower_
    span = reading.doc[token.i : token.i + 1]
    if lower in _FIRST:
        return attribution.first_person(reading, token, span)
    if token.i in reading.resolving:
        return []
    reading.resolving.add(token.i)
    try:
        if lower in _HE | _SHE:
            return _person(reading, token, span, "male" if lower in _HE else "female")
        if lower in _IT:
            return _thing(reading, token, span)
        if lower in _THEY:
            return _plural(reading, token, span)
    finally:
        reading.resolving.discard(token.i)
    return []


def _plural(reading: Reading, token: Token, span: Span) -> list[Actor]:
    """ "they": the plural subject of this or the last sentence, else a pair named just before."""
    from kgraph.extract import pairs

    for sentence in [s for s in reading.doc.sents if s.start <= token.i][::-1][:2]:
        for subject in sentence:
            if subject.i >= token.i:
                break
            if (
                subject.dep_ in ("nsubj", "nsubjpass")
                and subject.i not in reading.resolving
                and subject.lower_ not in _FIRST
            ):
                found = who(reading, subject, 2)
                if (
                    len(found) > 1
                    or found
                    and (found[0].party.kind == EntityType.Group or subject.tag_ in ("NNS", "NNPS"))
                ):
                    return [Actor(a.party, span, a.antecedent or a.span, 0.7) for a in found]
    return pairs.members(reading, token) or _last(
        reading, token, (EntityType.Group, EntityType.Organization), 0.5, span
    )


def _person(reading: Reading, token: Token, span: Span, gender: str) -> list[Actor]:
    focus = _in_focus(reading, token, (EntityType.Person,), 0.8, span, gender)
    if focus:
        return focus
    quotation = reading.quotation_at(token)
    for _, naming in _candidates(reading, token, (EntityType.Person,)):
        if naming.party.gender not in (None, gender):
            continue
        if quotation is not None and naming.start < quotation.start and _speaks(reading, quotation, naming.party):
            continue
        return [Actor(naming.party, span, reading.doc[naming.start : naming.end], 0.75)]
    return []


def _speaks(reading: Reading, quotation: Quotation, party: Party) -> bool:
    from kgraph.extract import attribution

    return any(actor.party == party for actor in attribution.quotation_speaker(reading, quotation))


def _is_expletive(token: Token) -> bool:
    """ "it is important to …", "it is X that …": the pronoun stands for nothing."""
    verb = token.head
    return (
        token.lower_ == "it"
        and verb.lemma_ == "be"
        and token.dep_ == "nsubj"
        and any(
            c.dep_ in ("xcomp", "ccomp", "advcl", "relcl", "acl")
            for a in (verb, *clauses.children(verb, "acomp", "attr"))
            for c in a.children
        )
    )


def _thing(reading: Reading, token: Token, span: Span) -> list[Actor]:
    if _is_expletive(token):
        return []
    focus = _in_focus(reading, token, (EntityType.State, EntityType.Organization), 0.75, span)
    if focus:
        return focus
    found = _candidates(reading, token, (EntityType.State, EntityType.Organization, EntityType.Group))
    if not found:
        return []
    (score, naming) = found[0]
    if len(found) > 1 and found[1][1].party != naming.party and abs(score - found[1][0]) < 0.0005:
        return []
    return [Actor(naming.party, span, reading.doc[naming.start : naming.end], 0.7)]
