"""Conditions: which outcome depends on what, and who sets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product, takewhile

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, matters, temporal
from kgraph.extract.affiliation import spoken_for
from kgraph.extract.assembly import dating_of, speakers_of, voice_of
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.construction import (
    Construction,
    Test,
    above,
    hangs_as,
    is_a,
    is_object_of,
    is_word,
    of_token,
    under_any_of,
)
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes, frames_of
from kgraph.extract.rules.phrases import doers, parties, sayers
from kgraph.extract.rules.statements import Draft, abstain, statement
from kgraph.extract.tables import all_hold, any_of, fails, first_filled, where
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation

# Tokens between a hedge ("reportedly") and what it hedges
_HEDGE_WITHIN = 8
# How the clause that says what a condition is hangs on its noun
_CONTENT = ("acl", "ccomp", "relcl")


@dataclass(frozen=True)
class Dependence:
    """An outcome and its conditions, as heads in the parse; subject or speaker of the clause ``setter`` sets them."""

    trigger: Token
    outcome: Token
    conditions: tuple[Token, ...]
    setter: Token


def conditions(reading: Reading, sentence: Span) -> Iterator[ReadStatement | Abstention]:
    """The dependences that a sentence states; coordinated conditions are separate statements."""
    for token in sentence:
        for found in _dependences(reading, token):
            setters = _setters(reading, found)
            if not setters:
                yield abstain(reading, Relation.conditionsOn, found.trigger, "nobody certain sets the condition")
                continue
            sides = product(found.conditions, _outcomes(reading, found.outcome), setters)
            yield from (_statement(reading, found, setter, outcome, condition) for condition, outcome, setter in sides)


def _dependences(reading: Reading, token: Token) -> Iterator[Dependence]:
    if token.dep_ == "advcl" or not reading.knowledge.condition_words.isdisjoint((token.lower_, token.lemma_)):
        for construction in CONDITIONS:
            yield from construction.read(reading, token) or ()


# Clauses and phrases with a marker


def _pattern(reading: Reading, token: Token, kind: str) -> str:
    """What must hold for a condition cue of this kind, as the lexicon says; empty where the token is no such cue."""
    cues = reading.knowledge.conditions
    return cues.get((token.lower_, kind), cues.get((token.lemma_.lower(), kind), ""))


def _is_cue(kind: str) -> Test:
    """The word is a condition cue of this kind."""
    return lambda reading, token: bool(_pattern(reading, token, kind))


@dataclass(frozen=True)
class _Marked:
    """A marker, the head of the clause or phrase that it introduces, and that of the clause beside it."""

    mark: Token
    clause: Token
    main: Token


def _marked_clause(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "if …", "unless …", "only after …": a clause beside the outcome."""
    for mark in clauses.children(clause, "mark", "advmod"):
        if mark.i < clause.i:
            yield from _by_mark(reading, _Marked(mark, clause, clause.head))


def _marked_phrase(reading: Reading, mark: Token) -> Iterator[Dependence]:
    """ "only after the release of …", "without guarantees": a phrase beside the outcome."""
    for head in clauses.children(mark, "pobj", "pcomp"):
        if head.pos_ == "VERB" or reading.is_one_of(head, "measure-noun", "matter-class"):
            yield from _by_mark(reading, _Marked(mark, head, mark.head))


def _by_mark(reading: Reading, found: _Marked) -> Iterator[Dependence]:
    """The dependence between a main clause and the clause or phrase that a marker introduces, if its pattern holds."""
    pattern = _pattern(reading, found.mark, "marker")
    if pattern == "obligation":
        yield from _before(reading, found)
    elif pattern in PATTERNS and PATTERNS[pattern](reading, found) and not _is_comment(reading, found.main):
        parts = [found.clause] if found.mark.lower_ in words.UNLESS else _parts(found.clause)
        yield Dependence(found.mark, found.main, tuple(parts), found.main)


def _is_comment(reading: Reading, main: Token) -> bool:
    """ "it would be a disgrace if …", "you might wonder if …": an opinion or a remark, no outcome that a party sets."""
    return clauses.has_child(main, words.GENERIC, "nsubj") or _is_opinion(reading, main)


def _is_opinion(reading: Reading, main: Token) -> bool:
    predicate = clauses.children(main, "attr", "acomp") if main.lemma_ in words.BE else []
    moves = [p for p in predicate if reading.is_word("possible-adjective", p) or frames_of(reading, p)]
    return bool(predicate) and not moves and not clauses.has_child(main, words.ONLY)


def _is_conditional(reading: Reading, found: _Marked) -> bool:
    """Not a question ("asked if"), not a comparison ("as if", "even if"), and no mere "if necessary"."""
    asking = reading.any_is_lemma("inquiring-verb", reading.doc[max(0, found.mark.i - 1) : found.mark.i])
    compared = asking or clauses.form_before(found.mark) in words.BEFORE_A_COMPARING_IF
    sets_nothing = found.mark.lower_ in words.IF and compared
    return not sets_nothing and list(found.clause.subtree) != [found.mark, found.clause]


def _as_long_as(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "A as long as B"."""
    yield Dependence(clause.head, clause.head.head, tuple(_parts(clause)), clause.head.head)


def _in_case(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A in the event of B"."""
    main = token.head.head
    for head in clauses.prepositional(token, *words.POSSESSOR)[:1]:
        yield Dependence(token, main, tuple(_parts(head)), main)


def _is_denied_until(reading: Reading, found: _Marked) -> bool:
    """ "will not resume until …", "no talks without …"; "will stay until …": what is there ends by the condition."""
    named = clauses.children(found.main, "nsubj", "dobj", "nsubjpass", "attr")
    denied = clauses.is_negated(found.main) or any(clauses.has_child(noun, words.NO) for noun in named)
    return denied or found.mark.lower_ in words.UNTIL and reading.is_word("lasting-verb", found.main)


def _is_restricted(reading: Reading, found: _Marked) -> bool:
    """ "only after", "not before"."""
    return clauses.form_before(found.mark) in words.ONLY_OR_NOT


# What must hold beside a marker, by the name that the lexicon has for it.
PATTERNS: dict[str, Callable[[Reading, _Marked], bool]] = {
    "plain": _is_conditional,
    "negated outcome": _is_denied_until,
    "only": _is_restricted,
}


def _before(reading: Reading, found: _Marked) -> Iterator[Dependence]:
    """ "X must do A before B": the outcome is what comes after."""
    verbs = filter(clauses.is_verbal, (found.main, *found.main.ancestors))
    for duty in islice(filter(partial(_obliges, reading), verbs), 1):
        yield Dependence(found.mark, found.clause, tuple(_demand(reading, duty)), duty)


def _parts(clause: Token) -> list[Token]:
    """Coordinated conditions of the same kind of word."""
    return [c for c in clauses.conjuncts(clause) if c.pos_ == clause.pos_]


def _obliges(reading: Reading, main: Token) -> bool:
    """Whether a clause says that something has to be done."""
    needed = reading.is_word("obligation-verb", main) and bool(clauses.children(main, "xcomp", "ccomp"))
    demanded = main.dep_ == "ccomp" and evokes(reading, main.head, Relation.callsFor) and clauses.is_subjunctive(main)
    return needed or demanded or clauses.has_child(main, words.OBLIGING, "aux")


def _demand(reading: Reading, main: Token) -> list[Token]:
    """What has to be done: the complement of "needs to", or the clause with "must" itself."""
    inner = clauses.children(main, "xcomp", "ccomp")
    return _parts(inner[0]) if inner and reading.is_word("obligation-verb", main) else _parts(main)


def _purpose(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "To get B, X needs to do A": the purpose is the outcome."""
    if clause.i < clause.head.i:
        yield Dependence(clause.head, clause, tuple(_demand(reading, clause.head)), clause.head)


# Nouns, verbs and adjectives of condition


def _exchange(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A in exchange for B"."""
    preposition, main = token.head, token.head.head
    wanted = first_filled(clauses.prepositional(h, *words.EXCHANGE_FOR) for h in (token, preposition, main))
    if wanted and main.pos_ in ("VERB", "NOUN"):
        yield Dependence(token, main, tuple(clauses.conjuncts(wanted[0])), main)


def _depends(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A depends on B", "A is contingent on B"."""
    prepositions = _pattern(reading, token, "dependence"), words.UPON
    is_made = token.dep_ == "ccomp" and token.pos_ == "ADJ"  # "made its aid dependent on …"
    holders = (token, token.head) if is_made else (token,)
    wanted = clauses.all_conjuncts(clauses.prepositional_of(holders, *prepositions))
    if wanted:
        for subject in clauses.subjects(token)[:1]:
            yield Dependence(token, subject, tuple(wanted), clauses.governing_clause(holders[-1]))


def _as_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "B as a precondition for A"."""
    for outcome in clauses.prepositional(token, *words.CONDITION_FOR)[:1]:
        condition, setter = _conditioned(reading, token.head.head)
        yield Dependence(token, outcome, tuple(condition), setter)


def _conditioned(reading: Reading, holder: Token) -> tuple[list[Token], Token]:
    """What is taken as a condition, and the clause that takes it so, from the word on which "as a condition" hangs."""
    if holder.dep_ == "ccomp" and evokes(reading, holder.head, Relation.callsFor):
        return [holder], holder.head  # "demanded that A leave as a condition for talks"
    if not clauses.is_nominal(holder):
        return clauses.children(holder, "xcomp", "ccomp", "dobj")[:1], holder
    return clauses.conjuncts(holder), holder


def _on_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A on condition that B", "sign a treaty on condition that …"."""
    holder = token.head.head
    main = holder.head if holder.dep_ == "dobj" else holder
    if main.pos_ == "VERB":
        yield from (Dependence(token, main, (clause,), main) for clause in clauses.children(token, *_CONTENT))


def _is_a_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "B is a precondition for A"."""
    outcomes = clauses.prepositional(token, *words.CONDITION_FOR)[:1]
    for outcome, condition in product(outcomes, clauses.subjects(token.head)[:1]):
        yield Dependence(token, outcome, (condition,), token.head)


def _condition_that(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "its condition that B before A"."""
    for clause in clauses.children(token, *_CONTENT):
        marks = clauses.with_form(clause.subtree, words.BEFORE, "mark")
        yield from (Dependence(token, mark.head, (clause,), token) for mark in marks)


def _outcomes(reading: Reading, head: Token) -> list[Token]:
    """Coordinated outcomes are separate; a governing verb of pledging gives way to what is pledged."""
    if head.pos_ == "VERB" and reading.is_word("pledging-verb", head):
        return _pledged(head) or [head]
    infinitives = list(takewhile(_is_infinitive, clauses.upward(head, ("conj",))))
    return list(filter(_is_infinitive, clauses.conjuncts(infinitives[-1]))) if infinitives else [head]


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB"


def _pledged(verb: Token) -> list[Token]:
    """What somebody pledges to do, or to give."""
    deeds = clauses.children(verb, "xcomp")
    return clauses.conjuncts(deeds[0]) if deeds else clauses.children(verb, "dobj")


CONDITIONS: tuple[Construction[Iterator[Dependence]], ...] = (
    Construction(
        name="clause with a marker",
        example="Kenya said it would reopen the border if Uganda withdrew its troops.",
        gives=("conditionsOn Kenya: it would reopen the border if Uganda withdrew its troops (says Kenya)",),
        when=(hangs_as("advcl"),),
        rule=_marked_clause,
    ),
    Construction(
        name="phrase with a marker",
        example="Togo said the talks can resume only after the withdrawal of the fleet.",
        gives=("conditionsOn Togo: the talks can resume if the withdrawal of the fleet (says Togo)",),
        when=(hangs_as("prep", "mark", "advmod", "dep"), _is_cue("marker")),
        rule=_marked_phrase,
    ),
    Construction(
        name="as long as",
        example="Kenya said it will free the crew as long as Uganda pays the fine.",
        gives=("conditionsOn Kenya: it will free the crew if Uganda pays the fine (says Kenya)",),
        when=(hangs_as("advcl"), under_any_of(words.LONG)),
        rule=_as_long_as,
    ),
    Construction(
        name="in the event of",
        example="Kenya said it would close the border in the event of an attack.",
        gives=("conditionsOn Kenya: it would close the border if an attack (says Kenya)",),
        when=(hangs_as("pobj"), _is_cue("case"), above(above(is_a("VERB")))),
        rule=_in_case,
    ),
    Construction(
        name="purpose of a need",
        example="To win peace, Chad needs to disarm, Sudan said.",
        gives=("conditionsOn Sudan: win peace if Chad needs to disarm (says Sudan)",),
        when=(hangs_as("advcl"), of_token(clauses.is_to_infinitive), above(_obliges)),
        rule=_purpose,
    ),
    Construction(
        name="exchange",
        example="Peru offered to free the crew in return for a pardon.",
        gives=(
            "proposes Peru: free the crew in return for a pardon",
            "conditionsOn Peru: free the crew if a pardon",
        ),
        when=(is_object_of(words.IN), _is_cue("exchange")),
        rule=_exchange,
    ),
    Construction(
        name="verb or adjective of dependence",
        example="Qatar said a deal depends on the release of the hostages.",
        gives=("conditionsOn Qatar: a deal if the release of the hostages (says Qatar)",),
        when=(_is_cue("dependence"),),
        rule=_depends,
    ),
    Construction(
        name="as a condition for",
        example="Spain demanded a referendum as a condition for joining the union.",
        gives=("conditionsOn Spain: joining the union if a referendum",),
        when=(is_object_of(words.AS), is_word("condition-noun")),
        rule=_as_condition,
    ),
    Construction(
        name="on condition that",
        example="Peru will open the pass on condition that Chile removes the mines.",
        gives=("conditionsOn Peru: Peru will open the pass if Chile removes the mines",),
        when=(is_object_of(words.CONDITION_ON), is_word("condition-noun")),
        rule=_on_condition,
    ),
    Construction(
        name="is a condition for",
        example="Oman said a pullout is a precondition for talks.",
        gives=("conditionsOn Oman: talks if a pullout (says Oman)",),
        when=(hangs_as("attr"), is_word("condition-noun")),
        rule=_is_a_condition,
    ),
    Construction(
        name="condition that … before",
        example="Laos repeated its condition that Vietnam leave the valley before talks begin.",
        gives=("conditionsOn Laos: talks begin if Vietnam leave the valley",),
        when=(is_word("condition-noun"), fails(under_any_of(words.CONDITION_ON))),
        rule=_condition_that,
    ),
)


# Who sets it


@where(is_a("VERB"), is_word("pledging-verb"))
def _who_pledges(reading: Reading, setter: Token) -> list[Actor]:
    """Who pledges something on a condition sets it.

    Example: Kenya *pledged* to open the border if Uganda pays. → Kenya
    """
    return parties(reading, clauses.subjects(setter))


@where(is_a("NOUN", "PROPN"))
def _who_owns(reading: Reading, setter: Token) -> list[Actor]:
    """Whose demand or condition it is sets it.

    Example: Kenya's *condition* that Uganda pay was refused. → Kenya
    """
    return parties(reading, clauses.children(setter, "poss"))


def _who_acts(reading: Reading, setter: Token) -> list[Actor]:
    """The subject of the clause, else of the nearest clause above that has one.

    Example: Kenya will *open* the border if Uganda pays. → Kenya
    """
    verbs = filter(clauses.is_verbal, (setter, *setter.ancestors))
    return first_filled(doers(reading, verb) for verb in verbs)


SETTERS: tuple[Callable[[Reading, Token], list[Actor] | None], ...] = (_who_pledges, sayers, _who_owns, _who_acts)


def _setters(reading: Reading, found: Dependence) -> list[Actor]:
    """Who sets the condition: who pledges it, says so, owns it, or whose deed the outcome or the demand is.

    Where a minister or spokesperson says what their state or body will do, it is that state or body; who leads it acts.
    """
    setters = first_filled(rule(reading, found.setter) or [] for rule in SETTERS)
    voicing = [s for s in setters if not reading.knowledge.has_word(s.party.roles, "leading-office")]
    bodies = {spoken_for(reading, setter) for setter in voicing}
    voiced = [a for a in _who_acts(reading, found.outcome) if a.party in bodies]
    return voiced or setters


# The statement


def _statement(reading: Reading, found: Dependence, setter: Actor, outcome: Token, condition: Token) -> ReadStatement:
    draft = Draft(
        relation=Relation.conditionsOn,
        trigger=found.trigger,
        actor=setter,
        object=outcome,
        matter=_side(reading, outcome, condition),
        polarity=Polarity.positive,
        modality=_modality(reading, found),
    )
    extent = _extent(reading, found, outcome, condition)
    sources = attribution.sources(reading, found.setter, setter)
    chain = speakers_of(reading, Relation.conditionsOn, found.setter, sources, setter)
    dating, _ = dating_of(reading, Relation.conditionsOn, found.setter, Modality.actual, chain, setter)
    return replace(
        statement(reading, draft),
        condition=_side(reading, condition, outcome),
        span=reading.span(extent),
        quote=reading.words(extent),
        speakers=reading.mentions(chain),
        voice=voice_of(chain, setter),
        dating=dating if dating.edtf is not None else temporal.reported_on(reading, found.setter),
    )


def _extent(reading: Reading, found: Dependence, outcome: Token, condition: Token) -> Span:
    low = min(outcome.left_edge.i, condition.left_edge.i, found.trigger.i)
    high = max(clauses.full_phrase(outcome).end, clauses.full_phrase(condition).end, found.trigger.i + 1)
    sentence = found.trigger.sent
    return clauses.trim(reading.doc[max(low, sentence.start) : min(high, sentence.end)])


def _modality(reading: Reading, found: Dependence) -> Modality:
    """The dependence itself is stated, whatever its outcome is; only hearsay makes it possible."""
    near = (t for t in found.trigger.sent if abs(t.i - found.trigger.i) < _HEDGE_WITHIN)
    return Modality.possible if reading.any_is_form("hearsay-adverb", near) else Modality.actual


def _side(reading: Reading, head: Token, other: Token) -> Mention:
    """Outcome or condition as a matter, without the words of the other side and without the cue."""
    if clauses.is_nominal(head):
        return matters.matter(reading, head)
    kept = clauses.peeled(clauses.trim(_without_other_side(reading, head, other)), partial(_leads_over, reading), -1)
    kept = clauses.trim(kept[: matters.MAX_TOKENS])
    return reading.thing(kept, reading.label(kept), EntityType.Measure)


def _without_other_side(reading: Reading, head: Token, other: Token) -> Span:
    """The words of a clause before or after those of the other side, where these lie inside it."""
    span = _with_subject(reading, head)
    if not head.is_ancestor(other):
        return span
    below = [token.i for token in other.subtree]
    return reading.doc[span.start : below[0]] if head.i < below[0] else reading.doc[below[-1] + 1 : span.end]


def _with_subject(reading: Reading, head: Token) -> Span:
    """The words of a clause, with the subject of "needs to" above it: who is to do it is part of the condition."""
    span = clauses.clause_span(head)
    subjects = clauses.children(head.head, *clauses.NAMED_SUBJECTS) if head.dep_ == "xcomp" else []
    if subjects and reading.is_word("obligation-verb", head.head):
        return reading.doc[clauses.reach(subjects[0]).start : span.end]
    return span


def _leads_over(reading: Reading, last: Token) -> bool:
    """Whether a word at the end of one side leads over to the other: "in exchange", "only", "until"."""
    cut_off = last.lower_ in words.DANGLING and last.dep_ != "prt"  # not of "if the attacks go on"
    return cut_off or any_of(LEADING_OVER, reading, last)


# "in exchange", "in the event", "on condition": what leads over to the other side
LEADING_OVER: tuple[Test, ...] = (
    all_hold(hangs_as("pobj"), _is_cue("exchange")),
    all_hold(hangs_as("pobj"), _is_cue("case")),
    all_hold(is_word("condition-noun"), under_any_of(words.CONDITION_ON)),
)
