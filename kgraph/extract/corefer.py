"""Who a noun phrase or pronoun stands for.

Names stand for their party; pronouns and descriptions ("the two sides", "the minister") for a party named before, the subject of
the nearest sentence first. What stays uncertain is not resolved: the caller abstains.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Reading

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves both".split())
_FIRST = frozenset("i me my mine we us our ours ourselves myself".split())
_PAIR_DETERMINERS = frozenset("both two these those the".split())
_GOVERNMENT = frozenset("government regime administration side authorities".split())
_DEFINITE = frozenset("the this that its his her their our".split())
_COLLECTIVE = frozenset("government administration country state regime nation republic kingdom side".split())
MAX_SENTENCES_BACK = 4


def who(reading: Reading, token: Token, depth: int = 0) -> list[Actor]:
    """The actors that a noun phrase head stands for, coordination included; empty when it stands for none or is uncertain."""
    found: list[Actor] = []
    for head in clauses.conjuncts(token):
        if head != token and head.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ"):
            continue
        found += _one(reading, head, depth)
    return _distinct(found)


def _distinct(actors: list[Actor]) -> list[Actor]:
    seen, kept = set(), []
    for actor in actors:
        if actor.key not in seen:
            seen.add(actor.key)
            kept.append(actor)
    return kept


def _one(reading: Reading, head: Token, depth: int) -> list[Actor]:
    lower = head.lower_
    if depth > 3:
        return []
    if head.pos_ == "PRON" or lower in _HE | _SHE | _IT | _THEY | _FIRST:
        return _pronoun(reading, head, depth)
    naming = reading.cast.at(head)
    if naming is not None:
        return _named(reading, head, naming)
    apposed = _apposed_name(reading, head)
    if apposed is not None:
        return [Actor(apposed.party, clauses.reach(head, ("relcl", "acl", "prep", "punct", "cc", "appos", "advcl")))]
    if lower == "number" or lower in ("majority", "group", "handful", "some", "one", "all", "many", "most", "several", "members"):
        return _quantified(reading, head, depth)
    if head.pos_ == "NUM" and lower in ("two", "both", "three"):
        return _pair(reading, head)
    return _described(reading, head, depth)


def _named(reading: Reading, head: Token, naming: Naming) -> list[Actor]:
    """A name; "Cypriot diplomats" has the diplomats as its head and does not come here."""
    doc = reading.doc
    start, end = naming.start, naming.end
    if naming.party.kind == "Place":
        return [Actor(Party(naming.party.name, "State"), doc[start:end], certainty=0.6)]
    if naming.manner == "demonym" and head.pos_ == "ADJ" and head.dep_ in ("amod", "compound"):
        return []
    certainty = 0.9 if naming.manner != "name" else 1.0
    return [Actor(naming.party, doc[start:end], certainty=certainty)]


def _apposed_name(reading: Reading, head: Token) -> Naming | None:
    """"A spokesman, Jane Roe, …" and "Jane Roe, the spokesman, …": the name beside a description."""
    for child in clauses.children(head, "appos"):
        naming = reading.cast.at(child)
        if naming is not None and naming.party.kind == "Person":
            return naming
    if head.dep_ == "appos":
        naming = reading.cast.at(head.head)
        if naming is not None and naming.party.kind == "Person" and _is_role(reading, head):
            return naming
    return None


def _is_role(reading: Reading, head: Token) -> bool:
    return any(reading.is_word(name, head) for name in ("role-person", "role-group", "role-organization"))


def _quantified(reading: Reading, head: Token, depth: int) -> list[Actor]:
    """"a number of states", "members of the union": an unnamed group, worded as the text has it."""
    inner = clauses.prepositional(head, "of")
    if head.lower_ in ("group", "members") or inner and (_is_role(reading, inner[0]) or reading.cast.at(inner[0])):
        span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"))
        return [Actor(Party(_label(reading, span), "Group"), span, certainty=0.8)]
    return []


def _described(reading: Reading, head: Token, depth: int) -> list[Actor]:
    """A common noun that names a role, a group or a body."""
    if head.pos_ not in ("NOUN", "PROPN") or not _is_role(reading, head):
        return []
    span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl", "nummod") if head.lower_ == "side" else
                         ("relcl", "acl", "punct", "cc", "appos", "advcl"))
    owner = affiliation(reading, head)
    plural = head.tag_ in ("NNS", "NNPS")
    determiner = next((c.lower_ for c in head.children if c.dep_ in ("det", "poss", "nummod", "predet")), "")
    words = {c.lower_ for c in head.children if c.dep_ in ("det", "nummod", "predet", "amod")}
    if reading.is_word("pair-noun", head) and (words & {"two", "both"} or plural and words <= {"the"} and owner is None and "the" in words):
        pair = _pair(reading, head)
        if pair or words & {"two", "both"}:
            return pair or [Actor(Party(_label(reading, span), "Group"), span, certainty=0.5)]
    if head.lower_ in _COLLECTIVE and owner is not None and owner.kind in ("State", "Organization"):
        return [Actor(owner, span, certainty=0.95)]
    if head.lower_ in _COLLECTIVE and determiner in ("the", "this", "his", "its", "our") and owner is None:
        return _last(reading, head, ("State",), 0.6, span)
    if owner is None and not plural and determiner in ("the", "this") and not _modified(head):
        kinds = ("Person",) if reading.is_word("role-person", head) else ("Organization", "Group")
        found = _by_role(reading, head) or _last(reading, head, kinds, 0.55, span)
        if found:
            return found
    if reading.is_word("role-person", head) and not plural and owner is not None:
        found = _by_role(reading, head, owner)
        if found:
            return found
    kind = "Person" if reading.is_word("role-person", head) and not plural else "Group" if plural or not reading.is_word(
        "role-organization", head) else "Organization"
    certainty = 0.85 if owner is not None or _modified(head) else 0.7
    return [Actor(Party(_label(reading, span), kind, affiliation=owner), span, certainty=certainty)]


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
            if naming is not None and naming.party.kind in ("State", "Organization", "Group", "Place"):
                return naming.party
            if child.dep_ in ("compound", "poss", "nmod", "amod") and child.pos_ in ("NOUN", "PROPN", "ADJ"):
                inner = affiliation(reading, child)
                if inner is not None:
                    return inner
            if child.dep_ == "poss" and child.lower_ in _IT | _HE | _SHE | _THEY and child.i not in reading.resolving:
                owners = who(reading, child, 2)
                if len(owners) == 1 and owners[0].party.kind in ("State", "Organization"):
                    return owners[0].party
    for inner_head in clauses.prepositional(head, "of") + clauses.prepositional(head, "in") + clauses.prepositional(head, "from"):
        naming = reading.cast.at(inner_head)
        if naming is not None and naming.party.kind in ("State", "Organization"):
            return naming.party
    return None


def _subjecthood(reading: Reading, naming: Naming) -> bool:
    root = reading.doc[naming.start:naming.end].root
    while root.dep_ in ("compound", "poss", "conj", "appos", "amod", "nmod") and root.dep_ != "poss":
        root = root.head
    return root.dep_ in ("nsubj", "nsubjpass")


def _candidates(reading: Reading, token: Token, kinds: tuple[str, ...]) -> list[tuple[float, Naming]]:
    """Earlier namings with a score: near sentences and subjects first."""
    sentence = token.sent.start
    starts = sorted({s.start for s in reading.doc.sents if s.start <= sentence}, reverse=True)
    order = {start: n for n, start in enumerate(starts)}
    found = []
    for naming in reading.cast.namings:
        if naming.start >= token.i or naming.party.kind not in kinds or naming.end > token.i:
            continue
        if naming.manner == "demonym" and reading.doc[naming.start].dep_ in ("amod", "compound") and naming.party.kind == "State":
            continue
        distance = order.get(reading.doc[naming.start].sent.start, 99)
        if distance > MAX_SENTENCES_BACK:
            continue
        score = -2.0 * distance + (1.5 if _subjecthood(reading, naming) else 0.0) + 0.001 * naming.start
        found.append((score, naming))
    return sorted(found, key=lambda pair: -pair[0])


def _last(reading: Reading, token: Token, kinds: tuple[str, ...], certainty: float, span: Span) -> list[Actor]:
    found = _candidates(reading, token, kinds)
    if not found:
        return []
    naming = found[0][1]
    return [Actor(naming.party, span, reading.doc[naming.start:naming.end], certainty)]


def _by_role(reading: Reading, head: Token, owner: Party | None = None) -> list[Actor]:
    """"the minister" stands for the person whom the text called a minister before."""
    role = head.lower_
    span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"))
    for _, naming in _candidates(reading, head, ("Person",)):
        party = naming.party
        if role in party.roles and (owner is None or reading.cast.state_of(party) in (owner, None)):
            return [Actor(party, span, reading.doc[naming.start:naming.end], 0.8)]
    return []


def _pronoun(reading: Reading, token: Token, depth: int) -> list[Actor]:
    from kgraph.extract import speech

    lower = token.lower_
    span = reading.doc[token.i:token.i + 1]
    if lower in _FIRST:
        return speech.first_person(reading, token, span)
    if token.i in reading.resolving:
        return []
    reading.resolving.add(token.i)
    try:
        if lower in _HE | _SHE:
            return _person(reading, token, span, "male" if lower in _HE else "female")
        if lower in _IT:
            return _thing(reading, token, span)
        if lower in _THEY:
            return _pair(reading, token) or _last(reading, token, ("Group", "Organization"), 0.5, span)
    finally:
        reading.resolving.discard(token.i)
    return []


def _person(reading: Reading, token: Token, span: Span, gender: str) -> list[Actor]:
    quotation = reading.quotation_at(token)
    for _, naming in _candidates(reading, token, ("Person",)):
        if naming.party.gender not in (None, gender):
            continue
        if quotation is not None and naming.start < quotation.start and _speaks(reading, quotation, naming):
            continue
        return [Actor(naming.party, span, reading.doc[naming.start:naming.end], 0.75)]
    return []


def _speaks(reading: Reading, quotation: object, naming: Naming) -> bool:
    from kgraph.extract import speech
    from kgraph.extract.reading import Quotation

    assert isinstance(quotation, Quotation)
    return any(actor.party == naming.party for actor in speech.quotation_speaker(reading, quotation))


def _thing(reading: Reading, token: Token, span: Span) -> list[Actor]:
    found = _candidates(reading, token, ("State", "Organization", "Group"))
    if not found:
        return []
    (score, naming) = found[0]
    if len(found) > 1 and found[1][1].party != naming.party and abs(score - found[1][0]) < 0.0005:
        return []
    return [Actor(naming.party, span, reading.doc[naming.start:naming.end], 0.7)]


def _pair(reading: Reading, token: Token) -> list[Actor]:
    """"the two leaders", "both sides", "they": the last parties that the text named together."""
    persons = token.lower_ in ("leaders", "presidents", "ministers", "men", "premiers")
    states = token.lower_ in ("countries", "nations", "governments", "states", "capitals", "neighbors", "neighbours", "powers")
    span = clauses.reach(token, ("relcl", "acl", "punct", "cc", "appos", "advcl", "prep")) if token.pos_ == "NOUN" else reading.doc[token.i:token.i + 1]
    for group in reversed(groups_before(reading, token)):
        if group[0].start < token.i - 260:
            break
        parties = [naming.party for naming in group]
        kinds = {party.kind for party in parties}
        if persons and kinds != {"Person"} or states and not kinds <= {"State", "Place"}:
            continue
        if token.lower_ in ("sides", "parties") and "Place" in kinds:
            continue
        if len(set(parties)) < 2:
            continue
        return [Actor(n.party, span, reading.doc[n.start:n.end], 0.75) for n in group]
    return []


def groups_before(reading: Reading, token: Token) -> list[list[Naming]]:
    """Namings joined by "and", "between … and …" or "A … with B" before a token, in text order."""
    groups = []
    for naming in reading.cast.namings:
        if naming.end > token.i:
            break
        root = reading.doc[naming.start:naming.end].root
        joined = [naming]
        for other in clauses.conjuncts(root)[1:]:
            found = reading.cast.at(other)
            if found is not None and found.end <= token.i and found.party.kind == naming.party.kind:
                joined.append(found)
        if len(joined) == 1 and root.dep_ in ("nsubj", "nsubjpass") and root.head.pos_ == "VERB":
            verb = root.head
            inner = [v for v in [verb, *clauses.children(verb, "xcomp", "dobj")]]
            for holder in inner:
                for obj in clauses.prepositional(holder, "with") + (clauses.children(verb, "dobj") if reading.knowledge.frames.get(
                        (verb.lemma_.lower(), "verb")) else []):
                    found = reading.cast.at(obj)
                    if found is not None and found.end <= token.i and found.party.kind == naming.party.kind and found.party != naming.party:
                        joined.append(found)
        if len(joined) > 1:
            groups.append(joined)
    return groups
