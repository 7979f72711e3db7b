"""Matches the lexicon's frames against a parsed sentence: trigger, objects by slot, actors by grammar."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.knowledge import Frame
from kgraph.vocabulary import EntityType, Relation

_VOICING = frozenset(
    "have express voice reiterate repeat renew reaffirm declare announce show confirm signal issue".split()
)
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


@dataclass(frozen=True)
class Filler:
    """What fills a frame's object slot: its head, who is asked to do it, and the slot."""

    head: Token
    addressee: Token | None = None
    slot: str = "obj"


@dataclass(frozen=True)
class Match:
    """A frame found in a sentence."""

    frame: Frame
    trigger: Token
    fillers: tuple[Filler, ...]


def matches(reading: Reading, sentence: Span) -> list[Match]:
    """The frames that the words of a sentence evoke, in text order (found once a sentence, whoever asks)."""
    if sentence.start not in reading.matches:
        reading.matches[sentence.start] = [found for token in sentence for found in match(reading, token)]
    return reading.matches[sentence.start]


def match(reading: Reading, token: Token) -> list[Match]:
    """The frames that the token evokes, at most one a relation family: the most demanding that fits."""
    pos = _POS.get(token.pos_)
    if pos is None or token.dep_ in ("aux", "auxpass", "compound") and pos != "noun":
        return []
    frames = reading.knowledge.frames.get((token.lemma_.lower(), pos), ())
    if pos == "verb" and token.tag_ == "VBN" and clauses.is_passive(token):
        frames = (*reading.knowledge.frames.get((token.lower_, "adjective"), ()), *frames)
    if not frames and token.tag_ in ("VBN", "VBD", "VBG") and pos == "adjective":
        frames = reading.knowledge.frames.get((token.lemma_.lower(), "verb"), ())
    if not frames and pos == "noun":
        frames = reading.knowledge.frames.get((token.lower_, pos), ())
    without_object = None
    for frame in frames:
        if not _fits(frame, token):
            continue
        fillers = fill(reading, frame, token)
        if fillers and _fillers_fit(reading, frame, fillers):
            return [Match(frame, token, tuple(fillers))]
        if frame.reading in ("meeting", "agent") and without_object is None:
            without_object = Match(frame, token, ())
    return [without_object] if without_object is not None else []


def _fits(frame: Frame, token: Token) -> bool:
    particles = [c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep") and c.i > token.i]
    if frame.particle and frame.particle not in particles:
        return False
    if frame.requires_modal and not any(
        c.dep_ == "aux" and c.lower_ in (frame.requires_modal, "would", "'ll") for c in token.children
    ):
        return False
    if frame.support_nouns:
        objects = [
            *clauses.direct_objects(token),
            *(clauses.patient(token) if clauses.is_passive(token) else []),
            *(
                h
                for slot in frame.slots
                if ">" not in slot and "+" not in slot
                for h in clauses.prepositional(token, slot)
            ),
        ]
        if not any(o.lemma_.lower() in frame.support_nouns or o.lower_ in frame.support_nouns for o in objects):
            return False
    if frame.support_adjectives:
        return any(
            c.lower_ in frame.support_adjectives
            for c in token.subtree
            if c.dep_ in ("acomp", "oprd", "amod", "advcl", "xcomp", "ccomp")
        )
    return True


def _fillers_fit(reading: Reading, frame: Frame, fillers: list[Filler]) -> bool:
    head = fillers[0].head
    if frame.excluded_objects and (head.lemma_.lower() in frame.excluded_objects):
        return False
    if frame.complement_verbs and head.lemma_.lower() not in frame.complement_verbs:
        return False
    if frame.object_class == "actor" and fillers[0].slot == "obj":
        return bool(who(reading, head))
    if (
        frame.object_class
        and frame.object_class != "actor"
        and fillers[0].slot not in ("inf", "that", "ing", "obj+inf")
    ):
        word_class = {"matter": "matter-class", "accord": "accord-noun", "talks": "talks-noun"}.get(
            frame.object_class, frame.object_class
        )
        return reading.is_word(word_class, head) or head.pos_ == "PRON" and frame.object_class == "matter"
    return True


def fill(reading: Reading, frame: Frame, token: Token) -> list[Filler]:
    """What fills the first of the frame's slots that is filled, coordination split."""
    for slot in frame.slots:
        found = _slot(reading, slot, token)
        if found:
            return [part for filler in found for part in _split(filler)]
    return []


def _slot(reading: Reading, slot: str, token: Token) -> list[Filler]:
    if ">" in slot:
        inner = slot.split(">", 1)[1]
        nouns = clauses.direct_objects(token) or (clauses.patient(token) if clauses.is_passive(token) else [])
        found = [Filler(f.head, f.addressee, slot) for noun in nouns for f in _slot(reading, inner, noun)]
        if not found and inner.isalpha() and inner not in ("inf", "that", "ing", "obj"):
            found = [
                Filler(h, None, slot) for noun in nouns for h in clauses.prepositional(token, inner) if h.i > noun.i
            ]
        return found
    if slot.endswith("+inf"):
        return _addressed(token, slot[:-4])
    if slot == "obj+from":
        return [
            Filler(h, None, slot)
            for h in clauses.prepositional(token, "from")
            if clauses.direct_objects(token) or clauses.is_passive(token)
        ]
    if slot == "obj":
        nouns = clauses.patient(token) if clauses.is_passive(token) else clauses.direct_objects(token)
        offered = [c for c in clauses.children(token, "ccomp") if any(w.lower_ == "what" for w in c.children)]
        if offered and nouns and who(reading, nouns[0]):
            return [Filler(offered[0], None, slot)]
        return [Filler(n, None, slot) for n in nouns]
    if slot == "inf":
        return _infinitives(token, slot)
    if slot == "that":
        return [Filler(c, None, slot) for c in clauses.children(token, "ccomp", "acl") if _finite(c)][:1]
    if slot == "ing":
        return [Filler(c, None, slot) for c in clauses.children(token, "xcomp", "pcomp") if c.tag_ == "VBG"]
    if slot == "pobj":
        return [Filler(c, None, slot) for c in clauses.children(token, "pobj")]
    return [Filler(h, None, slot) for h in clauses.prepositional(token, slot)]


def _infinitives(token: Token, slot: str) -> list[Filler]:
    """The to-infinitive after a word, and the bare infinitives that the parser hangs beside it ("to do A, do B and do C")."""
    found = [
        c
        for c in clauses.children(token, "xcomp", "acl", "advcl", "ccomp", "relcl", "dep")
        if c.tag_ == "VB"
        and any(m.tag_ == "TO" for m in c.children)
        and c.i > token.i
        and not (c.dep_ == "advcl" and token.pos_ == "VERB" and clauses.direct_objects(token))
        and not (c.dep_ == "ccomp" and any(s.dep_ == "nsubj" for s in c.children))
    ][:1]
    beside = [
        c
        for c in clauses.children(token, "xcomp")
        if found
        and found[0].dep_ == "xcomp"
        and c.i > found[0].i
        and c.tag_ == "VB"
        and not any(m.dep_ in ("aux", "nsubj") for m in c.children)
    ]
    return [Filler(c, None, slot) for c in found + beside]


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(c.dep_ in ("aux", "nsubj", "nsubjpass", "auxpass", "cop") for c in verb.children)


def _addressed(token: Token, slot: str) -> list[Filler]:
    """ "urged X to act", "called on X to act": the act, with who is to do it."""
    holders = (
        clauses.direct_objects(token) + clauses.children(token, "dative")
        if slot == "obj"
        else clauses.prepositional(token, slot)
    )
    for child in clauses.children(token, "ccomp", "xcomp", "advcl"):
        infinitive = any(m.tag_ == "TO" for m in child.children) and child.i > token.i
        subject = next((c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if infinitive and subject is not None and slot == "obj":
            return [Filler(child, subject, slot + "+inf")]
        if infinitive and holders:
            return [Filler(child, holders[0], slot + "+inf")]
        if infinitive and clauses.is_passive(token) and child.dep_ == "xcomp":
            return [Filler(child, next(iter(clauses.patient(token)), None), slot + "+inf")]
    for holder in holders:
        for child in clauses.children(holder, "acl", "relcl"):
            if child.tag_ == "VB" and any(m.tag_ == "TO" for m in child.children) and token.pos_ == "VERB":
                return [Filler(child, holder, slot + "+inf")]
    return []


def _split(filler: Filler) -> list[Filler]:
    """Coordinated objects are separate objects; "between A and B" is not split."""
    return [
        Filler(head, filler.addressee, filler.slot)
        for head in clauses.conjuncts(filler.head)
        if head == filler.head
        or not _excluded(head)
        and (head.pos_ == filler.head.pos_ or {head.pos_, filler.head.pos_} <= {"NOUN", "PROPN", "VERB"})
    ]


def _excluded(head: Token) -> bool:
    """ "A, not B": the second is what is not meant."""
    return (
        any(c.dep_ == "neg" for c in head.children)
        and head.pos_ != "VERB"
        or head.left_edge.i > 0
        and head.left_edge.nbor(-1).lower_ == "not"
    )


def actors_of(reading: Reading, found: Match) -> list[Actor]:
    """Who makes the move."""
    token, frame = found.trigger, found.frame
    if token.pos_ in ("NOUN", "PROPN"):
        return _of_noun(reading, token, frame)
    infinitive = frame.slots[:1] == ("inf",) and bool(clauses.children(token, "xcomp"))
    if token.pos_ != "ADJ" and frame.pos != "adjective" and clauses.is_passive(token) and not infinitive:
        heads = (
            clauses.agents(token)
            or _hyphen_agent(token)
            or (_concluders(token) if frame.relation == Relation.signs else [])
        )
    elif token.dep_ == "amod" and token.tag_ == "VBN":
        heads = _hyphen_agent(token)
    else:
        heads = _owners_of_object(found) or clauses.subjects(token)
    return [actor for head in heads for actor in who(reading, head) or _text_actor(reading, head)]


def _owners_of_object(found: Match) -> list[Token]:
    """ "confirmed Iran's readiness to …": the owner of the readiness makes the move."""
    if not found.fillers or ">" not in found.fillers[0].slot:
        return []
    return [
        c for noun in clauses.direct_objects(found.trigger) for c in clauses.children(noun, "poss") if c.pos_ != "PRON"
    ]


def _concluders(token: Token) -> list[Token]:
    """ "an accord reached between A and B", "reached at their summit": who concluded it, where no agent is named."""
    between = clauses.prepositional(token, "between")
    occasions = [h for preposition in ("during", "at", "in") for h in clauses.prepositional(token, preposition)]
    return between or [
        c
        for occasion in occasions
        for c in clauses.children(occasion, "poss") + clauses.prepositional(occasion, "between")
    ]


def _hyphen_agent(token: Token) -> list[Token]:
    """ "a US-brokered deal": the word before the hyphen is the agent."""
    if token.i >= 2 and token.nbor(-1).text == "-":
        return [token.nbor(-2)]
    return []


def _text_actor(reading: Reading, head: Token) -> list[Actor]:
    """A text or a bloc without a party of its own that makes moves ("the text calls for …")."""
    if (
        head.lower_ in ("text", "proposal", "document", "draft", "statement", "resolution", "plan")
        and head.dep_ == "nsubj"
    ):
        span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"))
        return [Actor(Party(reading.words(span), EntityType.Organization), span, certainty=0.5)]
    return []


def _of_noun(reading: Reading, noun: Token, frame: Frame) -> list[Actor]:
    """Whose proposal, demand or refusal it is: "Iran's …", "… by Iran", "… from Iran", "a German …", or the light verb's subject."""
    for heads in (
        clauses.children(noun, "poss"),
        clauses.prepositional(noun, "by"),
        clauses.prepositional(noun, "from"),
        [] if "of" in frame.slots else clauses.prepositional(noun, "of"),
    ):
        found = [actor for head in heads for actor in who(reading, head)]
        if found:
            return found
    for child in clauses.children(noun, "amod", "compound", "nmod"):
        naming = reading.cast.at(child)
        if naming is not None and naming.party.kind in (
            EntityType.State,
            EntityType.Organization,
            EntityType.Group,
            EntityType.Person,
        ):
            return [Actor(naming.party, reading.doc[naming.start : naming.end], certainty=0.85)]
        if child.dep_ == "compound" and reading.is_word("role-organization", child):
            return who(reading, child)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_ in _VOICING:
        return [actor for head in clauses.subjects(verb) for actor in who(reading, head)]
    return []
