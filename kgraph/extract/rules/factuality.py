"""Whether a move that the words name is made at all, whether it is denied, and how real it is.

``NOT_MADE`` holds for words that name a move without stating it (questions, attempts, moves inside another move); each
of ``DENIALS`` turns what is stated round. Both are tables of constructions.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kgraph.extract import clauses, matters, scope
from kgraph.extract.reading import Reading
from kgraph.extract.rules.construction import Construction, all_hold, fails, hangs_as, under, under_any_of
from kgraph.extract.rules.en import words
from kgraph.knowledge import Frame
from kgraph.vocabulary import Modality, Polarity, Relation

# Slots of a frame that hold an infinitive: a move in it is what that move is about, not a second one
_INFINITIVE_SLOTS = ("inf", "obj+inf", "for+inf", "on+inf", "upon+inf", "to+inf", "with+inf")
_FRAME_KINDS = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun", "PROPN": "noun"}


def is_not_made(reading: Reading, trigger: Token) -> bool:
    """Whether the words around a trigger name the move without stating that anybody made it."""
    if _is_performed(reading, trigger):
        return False
    return any(construction.read(reading, trigger) for construction in NOT_MADE)


def polarity(reading: Reading, trigger: Token) -> Polarity:
    """negative where the text says that the move did not happen or is not made."""
    base = scope.polarity(reading, trigger)
    turned = sum(bool(construction.read(reading, trigger)) for construction in DENIALS)
    if not turned % 2:
        return base
    return Polarity.positive if base == Polarity.negative else Polarity.negative


def modality(reading: Reading, trigger: Token) -> Modality:
    """actual, planned, possible or conditional."""
    if trigger.dep_ == "advcl" and trigger.tag_ == "VB" and evokes(reading, trigger, Relation.callsFor):
        return modality(reading, trigger.head)  # "met to demand …": as real as the clause above
    if _has_yet(reading, trigger) or _is_performed(reading, trigger):
        return Modality.actual
    found = scope.modality(reading, trigger)
    if found != Modality.actual:
        return found
    if _is_weighed(reading, trigger):
        return Modality.possible
    return Modality.planned if scope.planned_by_governor(reading, trigger) else Modality.actual


def _is_weighed(reading: Reading, trigger: Token) -> bool:
    """ "considered rejecting", "appeared to accept"."""
    return reading.any_is_word("possible-verb", _governors(trigger))


def _governors(trigger: Token) -> Iterator[Token]:
    """The verbs and adjectives of which the trigger is the infinitive or gerund, the nearest first."""
    node = trigger
    while node.dep_ == "xcomp" and node.head != node:
        node = node.head
        yield node


def frames_of(reading: Reading, token: Token) -> tuple[Frame, ...]:
    """The frames of the lexicon that the word can evoke, whatever it governs."""
    kind = _FRAME_KINDS.get(token.pos_, "verb")
    return reading.knowledge.frames.get((token.lemma_.lower(), kind), ())


def evokes(reading: Reading, token: Token, *relations: Relation) -> bool:
    """Whether the word can evoke one of the relations."""
    return any(frame.relation in relations for frame in frames_of(reading, token))


# Not made


def _is_to_infinitive(reading: Reading, trigger: Token) -> bool:
    return clauses.is_to_infinitive(trigger)


def _in_condition(reading: Reading, trigger: Token) -> bool:
    return scope.in_condition(trigger)


def _is_set_as_condition(reading: Reading, trigger: Token) -> bool:
    """ "on condition that Chile drops its claim": what is to be done first."""
    return any(
        node.dep_ in ("acl", "ccomp", "relcl") and matters.is_proviso(reading, node.head.head)
        for node in (trigger, *trigger.ancestors)
    )


def _in_indirect_question(reading: Reading, trigger: Token) -> bool:
    for node in (trigger, *trigger.ancestors):
        if node.dep_ in ("relcl", "ROOT"):
            return False
        if any(c.lower_ in words.ASKING and c.dep_ in ("mark", "advmod") and c.i < node.i for c in node.children):
            return node.dep_ in ("ccomp", "xcomp", "csubj", "pcomp", "acl", "advcl", "dep", "conj")
        if any(c.lower_ in words.QUESTIONING and c.i < node.i for c in node.children):
            return node.dep_ in ("ccomp", "pcomp")
    return False


def _is_open_matter(reading: Reading, trigger: Token) -> bool:
    """ "discussed how to withdraw", "discussed withdrawing"."""
    if reading.any_is_word("talking-verb", _governors(trigger)):
        return True
    questioned = any(t.tag_ in ("WP", "WRB", "WDT") and t.i < trigger.i for t in trigger.children)
    return questioned and clauses.is_to_infinitive(trigger)


def _is_performed(reading: Reading, verb: Token) -> bool:
    """ "I want to thank Peru": who says so thanks."""
    wishing = verb.dep_ == "xcomp" and verb.head.lemma_ in words.WISHING and clauses.has_to(verb)
    return (
        wishing
        and reading.is_word("performative-verb", verb)
        and any(subject.lower_ in words.FIRST for subject in clauses.children(verb.head, "nsubj"))
    )


def only_performs(reading: Reading, trigger: Token) -> bool:
    """Whether a verb of wishing says no more than that what comes is said: "I want to thank Peru"."""
    return any(_is_performed(reading, verb) for verb in clauses.children(trigger, "xcomp"))


def _is_attempted(reading: Reading, trigger: Token) -> bool:
    return any(
        reading.is_word("attempting-verb", upper)
        or evokes(reading, upper, Relation.callsFor)
        and _wants(reading, upper)
        for upper in _governors(trigger)
    )


def _wants(reading: Reading, verb: Token) -> bool:
    """A wish for one's own deed is the move, the deed is none: its frame takes the infinitive.

    "hopes to sign the pact" is no wish: it plans to.
    """
    return not reading.is_word("hoping-verb", verb) and any("inf" in frame.slots for frame in frames_of(reading, verb))


def _is_taking_part(reading: Reading, trigger: Token) -> bool:
    """ "attended the talks", "returned to talks": it was done, and nothing is agreed to."""
    if trigger.pos_ != "VERB" or not reading.is_word("taking-part-verb", trigger):
        return False
    heads = (*clauses.direct_objects(trigger), *clauses.children(trigger, "nsubjpass"), *clauses.objects(trigger))
    met = any(reading.is_one_of(head, "meeting-noun", "talks-noun") for head in heads)
    return met and modality(reading, trigger) == Modality.actual and polarity(reading, trigger) == Polarity.positive


def _is_mentioned(reading: Reading, trigger: Token) -> bool:
    """ "in line with its commitment", "without its consent": behind a preposition a commitment is only spoken of."""
    if trigger.dep_ != "pobj" or not evokes(reading, trigger, Relation.agreesTo):
        return False
    return trigger.head.lower_ in words.MENTIONING


def agrees_on_a_fact(reading: Reading, trigger: Token) -> bool:
    """ "agreed that the talks were useful": who is of one opinion has promised nothing.

    What is agreed to be done has "will", "would", "should" or a bare verb.
    """
    if trigger.pos_ != "VERB" or not evokes(reading, trigger, Relation.agreesTo):
        return False
    return any(is_indicative(clause) for clause in clauses.children(trigger, "ccomp"))


def _is_undecided(reading: Reading, trigger: Token) -> bool:
    """ "decides whether to …": what comes of it is open."""
    if not evokes(reading, trigger, Relation.agreesTo, Relation.callsFor):
        return False
    told = clauses.children(trigger, "ccomp", "xcomp")
    return any(clauses.has_child(clause, words.ASKING, "mark") for clause in told)


def _is_wish_denied(reading: Reading, trigger: Token) -> bool:
    """ "does not want war": nothing is asked for."""
    return (
        trigger.lemma_ in words.WISHING and evokes(reading, trigger, Relation.callsFor) and clauses.is_negated(trigger)
    )


def is_indicative(clause: Token) -> bool:
    """Whether a clause says what is or was: its first verb is finite, and no modal or "to" looks ahead."""
    auxiliaries = clauses.children(clause, "aux", "auxpass")
    if any(a.tag_ in ("MD", "TO") for a in auxiliaries) or clauses.children(clause, "xcomp") and not auxiliaries:
        return False
    return any(verb.tag_ in ("VBD", "VBZ", "VBP") for verb in auxiliaries) or clause.tag_ in ("VBD", "VBZ")


def _is_obliged(reading: Reading, trigger: Token) -> bool:
    first = _first_conjunct(trigger)
    upper = first.head
    has_to = first.dep_ == "xcomp" and upper.lemma_ in words.HAVE and not clauses.has_child(upper, words.AWAITED)
    return has_to or any(clauses.has_child(verb, words.OBLIGING, "aux") for verb in (first, *_governors(first)))


def _first_conjunct(trigger: Token) -> Token:
    """The first of coordinated verbs that share a subject."""
    while trigger.dep_ == "conj" and not clauses.children(trigger, "nsubj", "nsubjpass"):
        trigger = trigger.head
    return trigger


def is_a_purpose(reading: Reading, trigger: Token) -> bool:
    """ "work together to secure a peace", "an opportunity to conclude the deal": what is done is something else.

    A demand is made by the words themselves ("spoke with one voice to demand …").
    """
    first = _first_conjunct(trigger)
    if first.dep_ == "pcomp" and first.head.lower_ in words.AT and first.head.head.lemma_ in words.AIM:
        return True
    if not clauses.is_to_infinitive(first) or evokes(reading, trigger, Relation.callsFor):
        return False
    return first.dep_ == "advcl" or first.dep_ == "acl" and reading.is_word("opening-noun", first.head)


def _is_matter_of_a_move(reading: Reading, trigger: Token) -> bool:
    """What follows a verb, adjective or noun that is itself a move: "agreed to sign", "committed to signing"."""
    first = _first_conjunct(trigger)
    if clauses.is_praised_for(first):
        return False  # nobody is thanked for what was not done
    if first.dep_ == "pcomp":
        return any(first.head.lower_ in frame.slots for frame in frames_of(reading, first.head.head))
    if reading.is_word("hoping-verb", first.head):
        return False  # "hopes to sign the pact" plans to
    if first.dep_ != "xcomp" and not (first.dep_ == "acl" and first.tag_ == "VB"):
        return False
    return any(
        frame.reading in (None, "nominal", "own-action") and any(slot in _INFINITIVE_SLOTS for slot in frame.slots)
        for frame in frames_of(reading, first.head)
    )


def _is_only_asked(reading: Reading, trigger: Token) -> bool:
    """ "demanded that Chile accept it": the subjunctive says what somebody wants done."""
    first = _first_conjunct(trigger)
    bare = first.tag_ in ("VB", "VBP") and not clauses.children(first, "aux", "auxpass")
    passive = first.tag_ == "VBN" and any(c.lower_ in words.BE for c in clauses.children(first, "aux", "auxpass"))
    under = first.dep_ in ("ccomp", "acl") and clauses.has_child(first, words.THAT, "mark")
    asking = (first.head, *clauses.children(first.head, "nsubj"))  # "their demand is that Chile leave"
    asked = any(evokes(reading, word, Relation.callsFor, Relation.proposes) for word in asking)
    return (bare or passive) and under and asked


def _is_threatened(reading: Reading, trigger: Token) -> bool:
    """ "warned that it stood ready to …": what somebody threatens to do is no promise."""
    if not evokes(reading, trigger, Relation.agreesTo):
        return False
    clause = trigger.head if trigger.dep_ == "acomp" else trigger
    return clause.dep_ == "ccomp" and evokes(reading, clause.head, Relation.threatens)


def _is_under_a_denial(reading: Reading, trigger: Token) -> bool:
    return reading.is_lemma("denying-verb", trigger.head)


def _is_refused(reading: Reading, trigger: Token) -> bool:
    return trigger.tag_ == "VBG" and evokes(reading, trigger.head, Relation.rejects)


def _is_merely_enabled(reading: Reading, trigger: Token) -> bool:
    """What somebody is let or made do under a verb that is itself denied or only attempted."""
    upper = trigger.head
    return trigger.tag_ == "VB" and upper.pos_ == "VERB" and _is_unreal(reading, upper)


def _is_unreal(reading: Reading, verb: Token) -> bool:
    return scope.polarity(reading, verb) == Polarity.negative or _is_attempted(reading, verb)


def _has_no_sign(reading: Reading, trigger: Token) -> bool:
    """ "no sign that", "little hope that": a noun that is denied takes its clause along."""
    return trigger.head.pos_ == "NOUN" and clauses.has_child(trigger.head, words.NO)


def _is_doubted(reading: Reading, trigger: Token) -> bool:
    """ "doubt that", "hardly anyone thinks that"."""
    return reading.is_word("doubting-verb", trigger.head) or any(map(_is_nobody, clauses.subjects(trigger.head)))


def _is_nobody(subject: Token) -> bool:
    """ "nobody", "few", "no one", "hardly anyone"."""
    before = {c.lower_ for c in clauses.children(subject, "det", "advmod", "amod")}
    return subject.lower_ in words.NOBODY or bool(before & (words.NO | words.NOBODY | words.HARDLY))


def _comes_before(reading: Reading, trigger: Token) -> bool:
    """ "before agreeing", "instead of signing": what is not done when the clause above happens."""
    preposition = trigger.head
    instead = preposition.i > 0 and preposition.nbor(-1).lower_ in words.INSTEAD
    return instead or preposition.lower_ in words.BEFORE


def _is_compared(reading: Reading, trigger: Token) -> bool:
    """ "would rather leave than accept"."""
    return clauses.has_child(trigger, words.THAN, "mark", "prep")


def _is_refused_for_now(reading: Reading, trigger: Token) -> bool:
    """ "will not sign unless …": the dependence alone is stated."""
    if not clauses.children(trigger, "neg"):
        return False
    bound = [c for c in clauses.children(trigger, "advcl", "prep") if c.i > trigger.i]
    return any(t.lower_ in words.UNLESS_OR_UNTIL for c in bound for t in (c, *c.children))


def _is_made_a_condition(reading: Reading, trigger: Token) -> bool:
    """ "demanded A as a condition for B": the dependence alone is stated."""
    holders = (trigger, *clauses.direct_objects(trigger))
    return any(reading.is_word("condition-noun", h) for t in holders for h in clauses.prepositional(t, *words.AS))


def _lacks_its_agent(reading: Reading, trigger: Token) -> bool:
    """ "Asked about it, …": a participle without its agent."""
    return trigger.tag_ == "VBN" and not (clauses.agents(trigger) or clauses.children(trigger, "aux", "auxpass"))


NOT_MADE: tuple[Construction[bool], ...] = (
    Construction(
        name="in an if-clause",
        example="Had Peru accepted the plan, the war would have ended.",
        gives=(),
        rule=_in_condition,
    ),
    Construction(
        name="set as a condition",
        example="Peru offered peace on condition that Mali accept the map.",
        gives=("proposes Peru: peace", "conditionsOn Peru: peace if Mali accept the map"),
        rule=_is_set_as_condition,
    ),
    Construction(
        name="direct question", example="Will Norway accept the offer?", gives=(), rule=scope.in_direct_question
    ),
    Construction(
        name="indirect question",
        example="Reporters asked if Chile had rejected the plan.",
        gives=(),
        rule=_in_indirect_question,
    ),
    Construction(
        name="open matter",
        example="The envoys discussed how to withdraw from the pact.",
        gives=(),
        rule=_is_open_matter,
    ),
    Construction(
        name="agreement on a fact",
        example="Peru and Chile agreed that the talks were useful.",
        gives=(),
        rule=agrees_on_a_fact,
    ),
    Construction(
        name="taking part",
        example="Peru attended the talks in Lima.",
        gives=(),
        rule=_is_taking_part,
    ),
    Construction(
        name="commitment only mentioned",
        example="In line with its commitment to peace, Peru has a small army.",
        gives=(),
        rule=_is_mentioned,
    ),
    Construction(
        name="decision that is open",
        example="The parliament decides whether to extend the sanctions.",
        gives=(),
        rule=_is_undecided,
    ),
    Construction(
        name="wish denied",
        example="Peru does not want war.",
        gives=(),
        rule=_is_wish_denied,
    ),
    Construction(
        name="wish to say something",
        example='"I want to thank Peru for the offer," Chilean envoy Jane Roe said.',
        gives=("supports Jane Roe: the offer (says Jane Roe)",),
        rule=only_performs,
    ),
    Construction(
        name="attempt", example="Sweden attempted to mediate between the two armies.", gives=(), rule=_is_attempted
    ),
    Construction(
        name="need",
        example="Togo needs to ratify the treaty.",
        gives=(),
        rule=all_hold(hangs_as("xcomp"), under("need-verb")),
    ),
    Construction(
        name="only asked",
        example="Peru demanded that Mali accept the plan.",
        gives=("callsFor Peru: Mali accept the plan",),
        rule=_is_only_asked,
    ),
    Construction(
        name="threatened",
        example="Kenya warned that it stood ready to close the port.",
        gives=("threatens Kenya: it stood ready to close the port",),
        rule=_is_threatened,
    ),
    Construction(
        name="duty",
        example="The two armies must continue to accept the terms.",
        gives=(),
        rule=_is_obliged,
    ),
    Construction(
        name="purpose",
        example="The envoys worked day and night to reach an agreement.",
        gives=(),
        rule=is_a_purpose,
    ),
    Construction(
        name="deed that somebody is accused of",
        example="Kenya accused Somalia of breaching the truce.",
        gives=("accuses Kenya: Somalia",),
        when=(hangs_as("pcomp"),),
        rule=lambda reading, trigger: evokes(reading, trigger.head.head, Relation.accuses),
    ),
    Construction(
        name="matter of another move",
        example="Egypt's proposal to extend the truce was praised.",
        gives=("proposes Egypt: extend the truce",),
        rule=_is_matter_of_a_move,
    ),
    Construction(
        name="matter of a demand",
        example="Malta wants both armies to accept the terms.",
        gives=("callsFor Malta: both armies to accept the terms",),
        when=(hangs_as("ccomp", "advcl"), _is_to_infinitive),
        rule=lambda reading, trigger: evokes(reading, trigger.head, Relation.callsFor),
    ),
    Construction(
        name="gerund that is refused",
        example="Sweden ruled out signing the pact.",
        gives=("rejects Sweden: signing the pact",),
        rule=all_hold(hangs_as("xcomp"), _is_refused, fails(_is_under_a_denial)),
    ),
    Construction(
        name="enabled under a denial",
        example="The law does not allow Spain to reject the treaty.",
        gives=(),
        when=(hangs_as("ccomp", "xcomp"), under("enabling-verb")),
        rule=_is_merely_enabled,
    ),
    Construction(
        name="no sign of it",
        example="There is no sign that Chad will accept the ceasefire.",
        gives=(),
        when=(hangs_as("acl", "ccomp"),),
        rule=_has_no_sign,
    ),
    Construction(
        name="doubt",
        example="Analysts doubt that Oman accepted the plan.",
        gives=(),
        when=(hangs_as("ccomp"),),
        rule=_is_doubted,
    ),
    Construction(
        name="before or instead of it",
        example="Before agreeing to the deal, Ghana waited.",
        gives=(),
        when=(hangs_as("pcomp"),),
        rule=_comes_before,
    ),
    Construction(
        name="compared with what is done",
        example="Spain would rather pay than accept the quota.",
        gives=(),
        rule=_is_compared,
    ),
    Construction(
        name="rumour",
        example="Togo dismissed speculation that Kenya would sign the accord.",
        gives=(),
        rule=all_hold(hangs_as("acl", "ccomp"), under("rumour-noun")),
    ),
    Construction(
        name="refusal until a condition is met",
        example="Peru said it will not sign the accord unless Chile frees the prisoners.",
        gives=("conditionsOn Peru: it will not sign the accord if Chile frees the prisoners (says Peru)",),
        rule=_is_refused_for_now,
    ),
    Construction(
        name="demand made a condition",
        example="Spain demanded a referendum as a condition for joining the union.",
        gives=("conditionsOn Spain: joining the union if a referendum",),
        rule=_is_made_a_condition,
    ),
    Construction(
        name="participle without its agent",
        example="Asked about the offer, Prime Minister Lahti smiled.",
        gives=(),
        when=(hangs_as("advcl", "dep"),),
        rule=_lacks_its_agent,
    ),
)


# Denials


def _has_yet(reading: Reading, trigger: Token) -> bool:
    upper = trigger.head
    if trigger.dep_ != "xcomp" or upper.lemma_ not in words.HAVE_OR_BE:
        return False
    return clauses.has_child(upper, words.YET)


def _no_longer(reading: Reading, trigger: Token) -> bool:
    holders = (trigger, trigger.head) if trigger.dep_ == "acomp" else (trigger,)
    adverbs = [a for holder in holders for a in clauses.children(holder, "advmod") if a.lower_ in words.LONGER]
    return any(clauses.has_child(adverb, words.NO) for adverb in adverbs)


def _by_neither(reading: Reading, trigger: Token) -> bool:
    return any(clauses.has_child(subject, words.NEITHER) for subject in clauses.children(trigger, "nsubj", "nsubjpass"))


def _after_nor(reading: Reading, trigger: Token) -> bool:
    return any(c.lower_ in words.NOR and c.i < trigger.i and c.dep_ != "neg" for c in trigger.children)


def _denied_report(reading: Reading, trigger: Token) -> bool:
    report = trigger.head
    return report.dep_ == "dobj" and report.pos_ == "NOUN" and _is_under_a_denial(reading, report)


DENIALS: tuple[Construction[bool], ...] = (
    Construction(
        name="has yet to",
        example="Uganda has yet to accept the terms.",
        gives=("agreesTo Uganda: the terms (negative)",),
        rule=_has_yet,
    ),
    Construction(
        name="no longer",
        example="Bolivia no longer supports the initiative.",
        gives=("supports Bolivia: the initiative (negative)",),
        rule=_no_longer,
    ),
    Construction(
        name="neither … nor",
        example="Neither Peru nor Chile accepted the proposal.",
        gives=("agreesTo Peru: the proposal (negative)", "agreesTo Chile: the proposal (negative)"),
        rule=_by_neither,
    ),
    Construction(
        name="nor did",
        example="Nor did Togo endorse the resolution.",
        gives=("supports Togo: the resolution (negative)",),
        rule=_after_nor,
    ),
    Construction(
        name="without doing it",
        example="Niger went home without accepting the accord.",
        gives=("agreesTo Niger: the accord (negative)",),
        rule=all_hold(hangs_as("pcomp"), under_any_of(words.WITHOUT)),
    ),
    Construction(
        name="denied report",
        example="Kenya denied reports that Uganda had agreed to a swap.",
        gives=("agreesTo Uganda: a swap (negative)",),
        when=(hangs_as("acl", "ccomp"),),
        rule=_denied_report,
    ),
    Construction(
        name="against",
        example="Togo decided against signing the pact.",
        gives=("agreesTo Togo: the pact (negative)",),
        rule=all_hold(hangs_as("pcomp"), under_any_of(words.AGAINST)),
    ),
    Construction(
        name="denied deed",
        example="Peru denied rejecting the offer.",
        gives=("rejects Peru: the offer (negative)",),
        rule=all_hold(hangs_as("xcomp"), _is_under_a_denial),
    ),
)
