"""Whether a move that the words name is made at all, whether it is denied, and how real it is.

``NOT_MADE`` holds for words that name a move without stating it (questions, attempts, moves inside another move); each
of ``DENIALS`` turns what is stated round. Both are tables of constructions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile

from spacy.tokens import Token

from kgraph.extract import clauses, matters, scope
from kgraph.extract.reading import Reading
from kgraph.extract.rules.construction import (
    Construction,
    Test,
    above,
    hangs_as,
    has,
    has_lemma,
    is_a,
    is_one_of,
    is_tagged,
    is_word,
    of_token,
    under,
    under_any_of,
)
from kgraph.extract.rules.en import words
from kgraph.extract.rules.frames import fits
from kgraph.extract.tables import all_hold, any_holds, any_of, fails
from kgraph.extract.tense import is_told_as_done
from kgraph.knowledge import Frame
from kgraph.vocabulary import Modality, Polarity, Relation

# Slots of a frame that hold an infinitive: a move in it is what that move is about, not a second one
_INFINITIVE_SLOTS = frozenset(("inf", "obj+inf", "for+inf", "on+inf", "upon+inf", "to+inf", "with+inf"))
_FRAME_KINDS = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun", "PROPN": "noun"}


def is_not_made(reading: Reading, trigger: Token) -> bool:
    """Whether the words around a trigger name the move without stating that anybody made it."""
    if _is_performed(reading, trigger):
        return False
    return any(construction.read(reading, trigger) for construction in NOT_MADE)


def polarity(reading: Reading, trigger: Token) -> Polarity:
    """negative where the text says that the move did not happen or is not made."""
    turned = sum(bool(construction.read(reading, trigger)) for construction in DENIALS)
    turned += scope.polarity(reading, trigger) == Polarity.negative
    return Polarity.negative if turned % 2 else Polarity.positive


def modality(reading: Reading, trigger: Token) -> Modality:
    """actual, planned, possible or conditional."""
    if _is_demanded_beside(reading, trigger):
        return modality(reading, trigger.head)  # "met to demand …": as real as the clause above
    if _has_yet(reading, trigger) or _is_performed(reading, trigger) or _falls_short(reading, trigger):
        return Modality.actual
    found = scope.modality(reading, trigger)
    if found != Modality.actual:
        return found
    if _is_on_condition(reading, trigger):
        return Modality.conditional
    if _is_weighed(reading, trigger):
        return Modality.possible
    planned = scope.planned_by_governor(reading, trigger) and not any_of(DONE, reading, trigger)
    return Modality.planned if planned else Modality.actual


def is_of_what_follows(reading: Reading, trigger: Token) -> bool:
    """A signature or a withdrawal after which something else was done is done.

    Example: Peru agreed to pay after Chile's *signing* of the pact. → True
    """
    follows = trigger.dep_ in ("pobj", "pcomp") and trigger.head.lower_ in words.ONCE_DONE
    verb = clauses.governing_clause(trigger)
    return follows and not clauses.has_child(verb, words.FUTURE | words.WOULD, "aux")


def is_praised(reading: Reading, trigger: Token) -> bool:
    """Nobody is thanked for what was not done.

    Example: Peru plans to thank Chile for *signing* the pact. → True
    """
    return clauses.is_praised_for(trigger)


def is_a_position(reading: Reading, trigger: Token) -> bool:
    """A demand, an offer or a refusal is made, whatever is done about it.

    Example: Peru agreed to study Chile's *demand* to leave the valley. → True
    """
    return clauses.is_nominal(trigger) and evokes(reading, trigger, *_POSITIONS)


_POSITIONS = (Relation.agreesTo, Relation.callsFor, Relation.proposes, Relation.rejects, Relation.supports)


def is_decided(reading: Reading, trigger: Token) -> bool:
    """Who has decided to withdraw has withdrawn, unless a later day is named.

    Example: Chile criticised Peru's decision to *withdraw* from the pact. → True
    """
    decided = trigger.dep_ == "acl" and reading.is_word("decision-noun", trigger.head)
    later = any(reading.is_form("planned-adjective", word) for word in trigger.subtree)
    return decided and evokes(reading, trigger, Relation.withdrawsFrom) and not later


def is_felt(reading: Reading, trigger: Token) -> bool:
    """Who is proud to do something does it.

    Example: Peru is proud to *sign* the pact. → True
    """
    return reading.any_is_word("feeling-adjective", _governors(trigger))


def is_begun(reading: Reading, trigger: Token) -> bool:
    """What somebody begins to do is being done.

    Example: Peru began to *criticise* the pact. → True
    """
    return reading.any_is_word("beginning-verb", _governors(trigger))


def is_brought_about(reading: Reading, trigger: Token) -> bool:
    """Who was persuaded to do something has done it.

    Example: Norway persuaded Peru to *lift* the embargo. → True
    """
    return reading.any_is_word("persuading-verb", (verb for verb in _governors(trigger) if is_told_as_done(verb)))


def is_effort(reading: Reading, trigger: Token) -> bool:
    """An effort to ask for something asks for it.

    Example: Peru's efforts to *urge* Chile to leave continue. → True
    """
    tried = trigger.dep_ == "acl" and reading.is_word("opening-noun", trigger.head)
    return tried and evokes(reading, trigger, Relation.callsFor)


def is_described(reading: Reading, trigger: Token) -> bool:
    """What a participle says of a thing was done to it.

    Example: Peru agreed to study the sanctions *imposed* by Chile. → True
    """
    return trigger.dep_ in ("acl", "amod") and trigger.tag_ == "VBN"


# What is done though a word above it looks ahead.
DONE: tuple[Callable[[Reading, Token], bool], ...] = (
    is_of_what_follows,
    is_praised,
    is_a_position,
    is_decided,
    is_felt,
    is_begun,
    is_brought_about,
    is_effort,
    is_described,
)


def _is_on_condition(reading: Reading, trigger: Token) -> bool:
    """ "is ready for a truce on condition that …", "threatens to leave if …": not without it."""
    clause = trigger.head if trigger.dep_ == "acomp" else trigger
    deeds = clauses.children(trigger, "xcomp", "ccomp")
    bound = clauses.children_of((clause, trigger, *clauses.objects(trigger), *deeds), "advcl", "conj", "prep")
    threatened = bool(deeds) and evokes(reading, trigger, Relation.threatens)
    return (trigger.pos_ == "ADJ" or threatened) and any(any_of(PROVISOS, reading, part) for part in bound)


def _is_in_exchange(reading: Reading, preposition: Token) -> bool:
    """ "in exchange for"."""
    return any(_is_exchange(reading, noun) for noun in clauses.children(preposition, "pobj"))


# "on condition that", "in exchange for", "provided that", "if", "only after"
PROVISOS: tuple[Test, ...] = (
    matters.is_proviso,
    _is_in_exchange,
    is_one_of(words.PROVIDED),
    lambda reading, clause: clauses.has_child(clause, words.IF_OR_UNLESS, "mark"),
    all_hold(has("mark"), lambda reading, clause: clauses.has_child(clause, words.ONLY, "advmod")),
)


def _is_exchange(reading: Reading, noun: Token) -> bool:
    """ "in exchange for", "in return for": a cue of the lexicon behind its preposition."""
    pattern = reading.knowledge.conditions.get((noun.lower_, "exchange"), "")
    return noun.dep_ == "pobj" and pattern.split()[:1] == [noun.head.lower_]


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
    """Whether the word, with those that its frames ask for, can evoke one of the relations."""
    return any(frame.relation in relations and fits(frame, token) for frame in frames_of(reading, token))


def evoking(*relations: Relation) -> Test:
    """The word can evoke one of the relations."""
    return lambda reading, token: evokes(reading, token, *relations)


_is_demanded_beside = all_hold(hangs_as("advcl"), is_tagged("VB"), evoking(Relation.callsFor))


# Not made


def _is_set_as_condition(reading: Reading, trigger: Token) -> bool:
    """ "on condition that Chile drops its claim": what is to be done first."""
    told = (node for node in (trigger, *trigger.ancestors) if node.dep_ in ("acl", "ccomp", "relcl"))
    return any(matters.is_proviso(reading, node.head.head) for node in told)


def is_asked(reading: Reading, trigger: Token) -> bool:
    """Whether a clause is an indirect question: "asked if Chile would leave"."""
    in_clause = takewhile(lambda node: node.dep_ not in ("relcl", "ROOT"), (trigger, *trigger.ancestors))
    asked = ((node, _asked_as(node)) for node in in_clause)
    return next((node.dep_ in labels for node, labels in asked if labels), False)


def _asked_as(verb: Token) -> tuple[str, ...]:
    """By which labels a clause hangs where it is a question, as the word that asks before its verb tells; empty where
    none does."""
    if clauses.with_form(verb.lefts, words.ASKING, "mark", "advmod"):
        return ("ccomp", "xcomp", "csubj", "pcomp", "acl", "advcl", "dep", "conj")
    return ("ccomp", "pcomp") if clauses.with_form(verb.lefts, words.QUESTIONING) else ()


def _is_discussed(reading: Reading, trigger: Token) -> bool:
    """ "discussed withdrawing"."""
    return reading.any_is_word("talking-verb", _governors(trigger))


def _is_how_to(reading: Reading, trigger: Token) -> bool:
    """ "discussed how to withdraw"."""
    return clauses.is_to_infinitive(trigger) and any(t.tag_ in ("WP", "WRB", "WDT") for t in trigger.lefts)


def _first_person_wishes(reading: Reading, verb: Token) -> bool:
    return verb.lemma_ in words.WISHING and clauses.has_child(verb, words.FIRST, "nsubj")


# "I want to thank Peru": who says so thanks.
_is_performed = all_hold(
    hangs_as("xcomp"), of_token(clauses.has_to), is_word("performative-verb"), above(_first_person_wishes)
)


def only_performs(reading: Reading, trigger: Token) -> bool:
    """Whether a verb of wishing says no more than that what comes is said: "I want to thank Peru"."""
    return any(_is_performed(reading, verb) for verb in clauses.children(trigger, "xcomp"))


def _is_attempted(reading: Reading, trigger: Token) -> bool:
    return any(_is_wish(reading, upper) for upper in _governors(trigger))


def _wants(reading: Reading, verb: Token) -> bool:
    """A wish for one's own deed is the move, the deed is none: its frame takes the infinitive.

    "hopes to sign the pact" is no wish: it plans to.
    """
    return not reading.is_word("hoping-verb", verb) and any("inf" in frame.slots for frame in frames_of(reading, verb))


_is_wish = any_holds(is_word("attempting-verb"), all_hold(evoking(Relation.callsFor), _wants))


def _is_taking_part(reading: Reading, trigger: Token) -> bool:
    """ "attended the talks", "will take part in them": who has been or will be there, and nothing is agreed to."""
    heads = (*clauses.direct_objects(trigger), *clauses.children(trigger, "nsubjpass"), *clauses.objects(trigger))
    met = any(reading.is_one_of(head, "meeting-noun", "talks-noun") for head in heads)
    held = modality(reading, trigger) == Modality.actual or trigger.lemma_ in words.TAKE
    return met and held and polarity(reading, trigger) == Polarity.positive


def is_indicative(clause: Token) -> bool:
    """Whether a clause says what is or was: its first verb is finite, and no modal or "to" looks ahead."""
    auxiliaries = clauses.children(clause, "aux", "auxpass")
    tags = {auxiliary.tag_ for auxiliary in auxiliaries}
    looks_ahead = not tags.isdisjoint(("MD", "TO")) or clauses.children(clause, "xcomp") and not auxiliaries
    finite = not tags.isdisjoint(("VBD", "VBZ", "VBP")) or clause.tag_ in ("VBD", "VBZ")
    return finite and not looks_ahead


def _states_a_fact(reading: Reading, trigger: Token) -> bool:
    """What is agreed to be done has "will", "would", "should" or a bare verb; nobody promises what would do harm."""
    told = clauses.children(trigger, "ccomp")
    return any(is_indicative(clause) or reading.is_word("evaluative-negative", clause) for clause in told)


# "agreed that the talks were useful": who is of one opinion has promised nothing.
agrees_on_a_fact = all_hold(is_a("VERB"), evoking(Relation.agreesTo), _states_a_fact)


def _is_undecided(reading: Reading, trigger: Token) -> bool:
    """ "decides whether to …": what comes of it is open."""
    told = clauses.children(trigger, "ccomp", "xcomp")
    return any(clauses.has_child(clause, words.ASKING, "mark") for clause in told)


def _is_obliged(reading: Reading, trigger: Token) -> bool:
    first = _first_conjunct(trigger)
    obliging = (clauses.has_child(verb, words.OBLIGING, "aux") for verb in (first, *_governors(first)))
    return any(obliging) or first.dep_ == "xcomp" and has_to(reading, first.head)


def has_to(reading: Reading, verb: Token) -> bool:
    """ "has to": a duty that is no mere delay ("has yet to")."""
    return verb.lemma_ in words.HAVE and not clauses.has_child(verb, words.AWAITED)


def _is_demanded(reading: Reading, trigger: Token) -> bool:
    """ "wants Chile to accept the terms and sign the pact": what others are to do."""
    first = _first_conjunct(trigger)
    governed = first.dep_ in ("ccomp", "advcl") and clauses.is_to_infinitive(first)
    return governed and evokes(reading, first.head, Relation.callsFor)


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
    asked = evokes(reading, trigger, Relation.callsFor)
    return _is_aim(reading, first) or not asked and _is_infinitive_of_purpose(reading, first)


# "aimed at signing"; "to sign", beside a clause or an opportunity
_is_aim = all_hold(hangs_as("pcomp"), under_any_of(words.AT), above(above(has_lemma(words.AIM))))
_is_infinitive_of_purpose = all_hold(
    of_token(clauses.is_to_infinitive),
    any_holds(hangs_as("advcl"), all_hold(hangs_as("acl"), under("opening-noun"))),
)


def _is_matter_of_a_move(reading: Reading, trigger: Token) -> bool:
    """What follows a verb, adjective or noun that is itself a move: "agreed to sign", "committed to signing"."""
    first = _first_conjunct(trigger)
    if clauses.is_praised_for(first):
        return False  # nobody is thanked for what was not done
    if first.dep_ == "pcomp":
        return any(first.head.lower_ in frame.slots for frame in frames_of(reading, first.head.head))
    if reading.is_word("hoping-verb", first.head) or not _is_complement(reading, first):
        return False  # "hopes to sign the pact" plans to
    of_deeds = [f for f in frames_of(reading, first.head) if not _INFINITIVE_SLOTS.isdisjoint(f.slots)]
    return any(frame.reading in (None, "nominal", "own-action") for frame in of_deeds)


_is_complement = any_holds(hangs_as("xcomp"), all_hold(hangs_as("acl"), is_tagged("VB")))


def _is_only_asked(reading: Reading, trigger: Token) -> bool:
    """ "demanded that Chile accept it": the subjunctive says what somebody wants done."""
    first = _first_conjunct(trigger)
    asking = (first.head, *clauses.children(first.head, "nsubj"))  # "their demand is that Chile leave"
    asked = any(evokes(reading, word, Relation.callsFor, Relation.proposes) for word in asking)
    return asked and _is_subjunctive(reading, first) and _is_that_clause(reading, first)


def _is_with_be(reading: Reading, verb: Token) -> bool:
    return clauses.has_child(verb, words.BE, "aux", "auxpass")


def _is_with_that(reading: Reading, verb: Token) -> bool:
    return clauses.has_child(verb, words.THAT, "mark")


_is_that_clause = all_hold(hangs_as("ccomp", "acl"), _is_with_that)
_is_subjunctive = any_holds(
    all_hold(is_tagged("VB", "VBP"), fails(has("aux", "auxpass"))), all_hold(is_tagged("VBN"), _is_with_be)
)


def _is_under_a_denial(reading: Reading, trigger: Token) -> bool:
    return reading.is_lemma("denying-verb", trigger.head)


def _is_unreal(reading: Reading, verb: Token) -> bool:
    return scope.polarity(reading, verb) == Polarity.negative or _is_attempted(reading, verb)


def _is_denied_noun(reading: Reading, noun: Token) -> bool:
    """ "no sign that", "have not seen any evidence that": a noun that is denied takes its clause along."""
    if noun.pos_ != "NOUN":
        return False
    unseen = noun.dep_ == "dobj" and clauses.is_negated(noun.head) and reading.is_word("sign-noun", noun)
    return unseen or clauses.has_child(noun, words.NO)


def _is_of_no_sign(reading: Reading, verb: Token) -> bool:
    """ "no sign of Chad joining"."""
    return verb.head.lower_ in words.OF and _is_denied_noun(reading, verb.head.head)


def _is_told_of_no_sign(reading: Reading, trigger: Token) -> bool:
    """ "saw no signs whatsoever that Chad, today, is ready": a denied sign before the clause, however it is parsed."""
    marks = clauses.with_form(reading.doc[trigger.sent.start : trigger.i], words.THAT, "mark")
    verbs = clauses.up_to(trigger, "ccomp", "relcl", "conj", "advcl")
    clause = [*verbs][-1]
    signs = (_noun_before(mark) for mark in marks if not _tells_before(mark, clause))
    return any(reading.is_word("sign-noun", noun) and _is_denied_noun(reading, noun) for noun in signs)


def _tells_before(mark: Token, clause: Token) -> bool:
    """Whether another clause stands between a "that" and a clause."""
    between = mark.doc[mark.i + 1 : clause.i]
    return any(clauses.is_verbal(t) and t.dep_ not in ("aux", "auxpass") for t in between)


def _noun_before(mark: Token) -> Token:
    """The noun before a "that", also before "whatsoever that"."""
    before = mark.nbor(-1) if mark.i else mark
    return before.head if before.dep_ == "advmod" else before


def _is_doubted(reading: Reading, trigger: Token) -> bool:
    """ "doubt that", "hardly anyone thinks that"."""
    return reading.is_word("doubting-verb", trigger.head) or any(map(_is_nobody, clauses.subjects(trigger.head)))


def _is_nobody(subject: Token) -> bool:
    """ "nobody", "few", "no one", "hardly anyone"."""
    denying = words.NO | words.NOBODY | words.HARDLY
    return subject.lower_ in words.NOBODY or clauses.has_child(subject, denying, "det", "advmod", "amod")


def _is_instead(reading: Reading, preposition: Token) -> bool:
    """ "instead of"."""
    return clauses.form_before(preposition) in words.INSTEAD


def _is_hoped_for(reading: Reading, trigger: Token) -> bool:
    """ "hopes that Kenya will accept it", "is ready for it": what others are hoped to do."""
    *_, clause = clauses.upward(trigger, ("acomp", "xcomp"))
    return clause.dep_ == "ccomp" and reading.is_word("hoping-verb", clause.head)


def _is_all_but_done(reading: Reading, trigger: Token) -> bool:
    """ "came close to signing", "nearly signed": it was not."""
    near = trigger.dep_ == "pcomp" and trigger.head.head.lower_ in words.CLOSE
    return near or clauses.has_child(trigger, words.NEARLY, "advmod")


def _is_compared(reading: Reading, trigger: Token) -> bool:
    """ "would rather leave than accept": neither is done."""
    preferred = clauses.has_child(trigger, words.RATHER, "advmod") and clauses.has_child(trigger, words.WOULD, "aux")
    return preferred or clauses.has_child(trigger, words.THAN, "mark", "prep")


def _is_refused_for_now(reading: Reading, trigger: Token) -> bool:
    """ "will not sign unless …": the dependence alone is stated."""
    bound = clauses.labelled(trigger.rights, "advcl", "prep")
    return any(t.lower_ in words.UNLESS_OR_UNTIL for c in bound for t in (c, *c.children))


def _is_refused_until(reading: Reading, trigger: Token) -> bool:
    """ "refuses to talk until they leave", "rules out talks unless they leave"."""
    bound = clauses.children_of((trigger, *clauses.children(trigger, "xcomp", "dobj")), "advcl")
    return bool(clauses.with_form(clauses.children_of(bound, "mark"), words.UNLESS_OR_UNTIL))


def _demands(reading: Reading, verb: Token) -> bool:
    """ "demands", "wants"; who urges somebody to do something before a day sets no condition."""
    return reading.is_word("demanding-verb", verb) or verb.lemma_ in words.WISHING


def comes_first(reading: Reading, verb: Token) -> bool:
    """ "must leave before talks can begin", "insists on a pullout before talks": something waits for it."""
    demanded = (verb, *clauses.children(verb, "ccomp", "xcomp"), *clauses.objects(verb))
    befores = clauses.with_form(
        (*clauses.children_of(clauses.children_of(demanded, "advcl"), "mark"), *clauses.children_of(demanded, "prep")),
        words.BEFORE,
    )
    return any(before.i > verb.i and _precedes_talks(reading, before) for before in befores)


def _precedes_talks(reading: Reading, before: Token) -> bool:
    """ "before they talk", "before talks", "before agreeing to …"; not "before the summit", which is a day."""
    talks = reading.of_class("talks-noun", clauses.children(before, "pobj"))
    bare = talks and not clauses.children_of(talks, "det")
    return bool(bare) or before.dep_ == "mark" or bool(clauses.children(before, "pcomp"))


def _is_made_a_condition(reading: Reading, trigger: Token) -> bool:
    """ "demanded A as a condition for B": the dependence alone is stated."""
    holders = (trigger, *clauses.direct_objects(trigger))
    return reading.any_is_word("condition-noun", clauses.prepositional_of(holders, *words.AS))


def _is_demanded_in_exchange(reading: Reading, trigger: Token) -> bool:
    """ "demanded A in exchange for B"."""
    demanded = (trigger, *clauses.objects(trigger))
    return any(_is_in_exchange(reading, preposition) for preposition in clauses.children_of(demanded, "prep"))


def _is_able_to(reading: Reading, trigger: Token) -> bool:
    return trigger.head.lower_ in words.ABLE


def _has_agent(reading: Reading, trigger: Token) -> bool:
    return bool(clauses.agents(trigger))


def agrees_not_to(reading: Reading, trigger: Token) -> bool:
    """ "promised that it would not accept the map": what somebody promised, and no refusal besides."""
    promised = trigger.dep_ == "ccomp" and trigger.head.lemma_ in words.PROMISING
    return promised and clauses.is_negated(trigger) and clauses.has_child(trigger, words.WOULD | words.WILL, "aux")


def _would_have(reading: Reading, trigger: Token) -> bool:
    """ "would have signed": it was not done, whatever a draft "would have banned"."""
    had = any(auxiliary.lemma_ in words.HAVE for auxiliary in clauses.children(trigger, "aux"))
    drafted = reading.any_is_word("text-noun", clauses.subjects(trigger))
    return had and clauses.has_child(trigger, words.WOULD, "aux") and not drafted


def _had_planned(reading: Reading, verb: Token) -> bool:
    """ "had hoped", "had been expected": it came to nothing, or what came of it is told elsewhere."""
    return verb.tag_ == "VBN" and clauses.has_child(verb, words.HAD, "aux") and reading.is_word("planning-verb", verb)


def _was_only_planned(reading: Reading, trigger: Token) -> bool:
    return any(map(partial(_had_planned, reading), (trigger, *_governors(trigger))))


def _may_be(reading: Reading, verb: Token) -> bool:
    return clauses.has_child(verb, words.CAN | words.MAYBE | words.WOULD, "aux")


# "means that X can veto …", "would allow X to veto …": what somebody could do
_is_made_possible = any_holds(
    all_hold(hangs_as("ccomp"), under("entailing-verb"), _may_be),
    all_hold(hangs_as("ccomp", "xcomp"), under("licensing-verb"), above(_may_be)),
)


def _is_of_a_kind(reading: Reading, trigger: Token) -> bool:
    """ "the number of ports that support the pact": what some are, whoever they be."""
    kind = trigger.head
    bare = not clauses.children(kind, "det", "poss", "amod", "nummod", "compound", "predet")
    present = trigger.tag_ == "VBP" and not clauses.children(trigger, "aux")
    return kind.tag_ == "NNS" and bare and present and clauses.form_behind(kind) in words.RELATIVE


# "warned that it will …"
_is_of_threat = all_hold(hangs_as("ccomp"), above(evoking(Relation.threatens)))

NOT_MADE: tuple[Construction[bool], ...] = (
    Construction(
        name="in an if-clause",
        example="Had Peru accepted the plan, the war would have ended.",
        gives=(),
        rule=of_token(scope.in_condition),
    ),
    Construction(
        name="set as a condition",
        example="Peru offered peace on condition that Mali accept the map.",
        gives=("proposes Peru: peace", "conditionsOn Peru: peace if Mali accept the map"),
        rule=_is_set_as_condition,
    ),
    Construction(
        name="for which conditions are set",
        example="Peru's conditions for Chile to join the pact include a pullout.",
        gives=("conditionsOn Peru: join the pact if a pullout",),
        when=(hangs_as("acl", "relcl"), of_token(clauses.is_to_infinitive)),
        rule=under("condition-noun"),
    ),
    Construction(
        name="direct question", example="Will Norway accept the offer?", gives=(), rule=scope.in_direct_question
    ),
    Construction(
        name="indirect question",
        example="Reporters asked if Chile had rejected the plan.",
        gives=(),
        rule=is_asked,
    ),
    Construction(
        name="open matter",
        example="The envoys discussed how to withdraw from the pact.",
        gives=(),
        rule=any_holds(_is_discussed, _is_how_to),
    ),
    Construction(
        name="ability",
        example="Peru is able to reject the map.",
        gives=(),
        when=(hangs_as("xcomp"),),
        rule=_is_able_to,
    ),
    Construction(
        name="not done after all",
        example="Peru would have signed the pact.",
        gives=(),
        when=(is_tagged("VBN"),),
        rule=_would_have,
    ),
    Construction(
        name="planned once",
        example="Peru had hoped to sign the pact by Friday.",
        gives=(),
        rule=_was_only_planned,
    ),
    Construction(
        name="made possible",
        example="The rule means that Peru could reject the map.",
        gives=(),
        rule=_is_made_possible,
    ),
    Construction(
        name="those of a kind",
        example="Peru wrote to companies that support the pact.",
        gives=(),
        when=(hangs_as("relcl"),),
        rule=_is_of_a_kind,
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
        when=(is_a("VERB"), is_word("taking-part-verb")),
        rule=_is_taking_part,
    ),
    Construction(
        name="commitment only mentioned",
        example="In line with its commitment to peace, Peru has a small army.",
        gives=(),
        rule=all_hold(hangs_as("pobj"), under_any_of(words.MENTIONING), evoking(Relation.agreesTo)),
    ),
    Construction(
        name="decision that is open",
        example="The parliament decides whether to extend the sanctions.",
        gives=(),
        when=(evoking(Relation.agreesTo, Relation.callsFor),),
        rule=_is_undecided,
    ),
    Construction(
        name="wish denied",
        example="Peru does not want war.",
        gives=(),
        rule=all_hold(has_lemma(words.WISHING), has("neg"), fails(has("xcomp")), evoking(Relation.callsFor)),
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
        when=(evoking(Relation.agreesTo),),
        rule=any_holds(_is_of_threat, all_hold(hangs_as("acomp"), above(_is_of_threat))),
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
        rule=all_hold(hangs_as("pcomp"), above(above(evoking(Relation.accuses)))),
    ),
    Construction(
        name="matter of another move",
        example="Egypt's proposal to extend the truce was praised.",
        gives=("proposes Egypt: extend the truce",),
        rule=_is_matter_of_a_move,
    ),
    Construction(
        name="deed that is called for",
        example="Malta demanded Peru's withdrawal from the pact.",
        gives=("callsFor Malta: Peru's withdrawal from the pact",),
        when=(evoking(Relation.withdrawsFrom), fails(is_a("VERB"))),
        rule=any_holds(
            all_hold(hangs_as("dobj"), above(evoking(Relation.callsFor))),
            all_hold(hangs_as("pobj"), above(above(evoking(Relation.callsFor)))),
        ),
    ),
    Construction(
        name="agreement not to",
        example="Peru promised that it would not accept the map.",
        gives=("agreesTo Peru: it would not accept the map",),
        rule=agrees_not_to,
    ),
    Construction(
        name="matter of a demand",
        example="Malta wants both armies to accept the terms.",
        gives=("callsFor Malta: both armies to accept the terms",),
        rule=_is_demanded,
    ),
    Construction(
        name="gerund that is refused",
        example="Sweden ruled out signing the pact.",
        gives=("rejects Sweden: signing the pact",),
        when=(hangs_as("xcomp"), is_tagged("VBG")),
        rule=all_hold(above(evoking(Relation.rejects)), fails(_is_under_a_denial)),
    ),
    Construction(
        name="enabled under a denial",
        example="The law does not allow Spain to reject the treaty.",
        gives=(),
        when=(hangs_as("ccomp", "xcomp"), under("enabling-verb"), is_tagged("VB")),
        rule=above(is_a("VERB"), _is_unreal),
    ),
    Construction(
        name="no sign of it",
        example="There is no sign that Chad will accept the ceasefire.",
        gives=(),
        rule=any_holds(
            all_hold(hangs_as("acl", "ccomp"), above(_is_denied_noun)),
            all_hold(hangs_as("pcomp"), _is_of_no_sign),
            _is_told_of_no_sign,
        ),
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
        rule=above(any_holds(is_one_of(words.BEFORE), _is_instead)),
    ),
    Construction(
        name="consent hoped for",
        example="Uganda hopes that Kenya will accept the map.",
        gives=("callsFor Uganda: Kenya will accept the map",),
        when=(evoking(Relation.agreesTo),),
        rule=_is_hoped_for,
    ),
    Construction(
        name="all but done",
        example="The two armies came close to signing a truce.",
        gives=(),
        rule=_is_all_but_done,
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
        when=(has("neg"),),
        rule=_is_refused_for_now,
    ),
    Construction(
        name="refusal until then",
        example="Uganda refuses to talk until the militia leaves.",
        gives=("conditionsOn Uganda: talk if the militia leaves",),
        when=(evoking(Relation.rejects),),
        rule=_is_refused_until,
    ),
    Construction(
        name="demand made a condition",
        example="Spain demanded a referendum as a condition for joining the union.",
        gives=("conditionsOn Spain: joining the union if a referendum",),
        rule=_is_made_a_condition,
    ),
    Construction(
        name="demand in exchange",
        example="Chile demanded an apology in return for a truce.",
        gives=("conditionsOn Chile: a truce if an apology",),
        when=(evoking(Relation.callsFor),),
        rule=any_holds(_is_demanded_in_exchange, all_hold(_demands, comes_first)),
    ),
    Construction(
        name="participle without its agent",
        example="Asked about the offer, Prime Minister Lahti smiled.",
        gives=(),
        when=(hangs_as("advcl", "dep"), is_tagged("VBN")),
        rule=fails(any_holds(has("aux", "auxpass"), _has_agent)),
    ),
)


# Denials


def _has_yet(reading: Reading, trigger: Token) -> bool:
    have_yet = trigger.head.lemma_ in words.HAVE_OR_BE and clauses.has_child(trigger.head, words.YET)
    return trigger.dep_ == "xcomp" and have_yet


def _no_longer(reading: Reading, trigger: Token) -> bool:
    holders = (trigger, trigger.head) if trigger.dep_ == "acomp" else (trigger,)
    adverbs = clauses.with_form(clauses.children_of(holders, "advmod"), words.LONGER)
    return any(clauses.has_child(adverb, words.NO) for adverb in adverbs)


def _by_neither(reading: Reading, trigger: Token) -> bool:
    subjects = clauses.children(trigger, *clauses.NAMED_SUBJECTS)
    return any(clauses.has_child(subject, words.NEITHER) for subject in subjects)


def is_after_nor(trigger: Token) -> bool:
    """ "nor did Togo sign", "…, nor will it sign"."""
    before = trigger.doc[max(0, trigger.left_edge.i - 1) : trigger.i]
    joined = clauses.with_form((*before[:1], *trigger.lefts), words.NOR)
    return any(nor.dep_ != "neg" and nor.head in (trigger, trigger.head) for nor in joined)


def _is_far(reading: Reading, trigger: Token) -> bool:
    """ "far from agreeing", "nowhere near accepting"."""
    preposition = trigger.head
    far = preposition.head.lower_ in words.FAR or clauses.form_before(preposition) in words.NOWHERE
    return trigger.dep_ == "pcomp" and far and not clauses.is_negated(preposition.head.head)


# "unable to agree", "its failure to ratify", "missed a deadline to agree"
_fails_to = any_holds(
    all_hold(hangs_as("xcomp"), under("failing-adjective")),
    all_hold(
        hangs_as("acl", "relcl"),
        of_token(clauses.has_to),
        any_holds(under("failing-noun"), above(hangs_as("dobj"), under("missing-verb"))),
    ),
)
_falls_short = any_holds(_is_far, _fails_to)


DENIALS: tuple[Construction[bool], ...] = (
    Construction(
        name="far from it",
        example="The two armies are far from agreeing to a truce.",
        gives=("agreesTo two armies: a truce (negative)",),
        rule=_is_far,
    ),
    Construction(
        name="failure to",
        example="The two armies missed the deadline to agree a truce.",
        gives=("agreesTo two armies: a truce (negative)",),
        rule=_fails_to,
    ),
    Construction(
        name="unlikely to",
        example="Peru is unlikely to accept the pact.",
        gives=("agreesTo Peru: the pact (negative, possible)",),
        when=(hangs_as("xcomp", "ccomp"),),
        rule=above(is_one_of(words.UNLIKELY)),
    ),
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
        rule=of_token(is_after_nor),
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
        rule=above(hangs_as("dobj"), is_a("NOUN"), _is_under_a_denial),
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
