"""Conditions: which outcome depends on what, and who sets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, dropwhile, islice, product, takewhile

from spacy.tokens import Span, Token

from kgraph.extract import affiliation, attribution, clauses, matters, temporal
from kgraph.extract.assembly import dating_of, speakers_of, voice_of
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules import frames, terms
from kgraph.extract.rules.construction import (
    Construction,
    Test,
    above,
    hangs_as,
    has,
    is_a,
    is_object_of,
    is_one_of,
    is_word,
    of_token,
    under_any_of,
)
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import comes_first, evokes, evoking, frames_of, is_asked
from kgraph.extract.rules.phrases import doers, parties, sayers
from kgraph.extract.rules.statements import Draft, abstain, statement
from kgraph.extract.rules.terms import Dependence, demanded, depending, is_cue, parts, pattern_of
from kgraph.extract.tables import all_hold, any_holds, any_of, first_filled, where
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation

# Tokens between a hedge ("reportedly") and what it hedges
_HEDGE_WITHIN = 8
# How the clause that says what a condition is hangs on its noun
_CONTENT = ("acl", "ccomp", "relcl")


def conditions(reading: Reading, sentence: Span) -> Iterator[ReadStatement | Abstention]:
    """The dependences that a sentence states; coordinated conditions are separate statements."""
    for token in sentence:
        for found in _dependences(reading, token):
            setters = _setters(reading, found)
            if not setters:
                yield abstain(reading, Relation.conditionsOn, found.trigger, "nobody certain sets the condition")
                continue
            outcomes = [outcome for outcome in _outcomes(reading, found.outcome) if outcome not in found.conditions]
            sides = product(found.conditions, outcomes, setters)
            yield from (_statement(reading, found, setter, outcome, condition) for condition, outcome, setter in sides)


def _dependences(reading: Reading, token: Token) -> Iterator[Dependence]:
    cue = not reading.knowledge.condition_words.isdisjoint((token.lower_, token.lemma_))
    for construction in CONDITIONS if cue or token.dep_ in ("advcl", "conj", "acl") else ():
        yield from construction.read(reading, token) or ()


# Clauses and phrases with a marker


@dataclass(frozen=True)
class _Marked:
    """A marker, the head of the clause or phrase that it introduces, and that of the clause beside it."""

    mark: Token
    clause: Token
    main: Token


def _marked_clause(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "if …", "unless …", "only after …": a clause beside the outcome."""
    marks = clauses.labelled(clause.lefts, "mark", "advmod")
    return chain.from_iterable(_by_mark(reading, _Marked(mark, clause, clause.head)) for mark in marks)


def _joined_clause(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "…, but only if …", which the parser takes for a clause beside the outcome's."""
    restricted = clauses.has_child(clause, words.ONLY, "advmod")
    return _marked_clause(reading, clause) if restricted else iter(())


def _marked_phrase(reading: Reading, mark: Token) -> Iterator[Dependence]:
    """ "only after the release of …", "without guarantees": a phrase beside the outcome."""
    for head in clauses.children(mark, "pobj", "pcomp"):
        if head.pos_ == "VERB" or terms.is_deed_or_accord(reading, head):
            yield from _by_mark(reading, _Marked(mark, head, mark.head))


def _by_mark(reading: Reading, found: _Marked) -> Iterator[Dependence]:
    """The dependence between a main clause and the clause or phrase that a marker introduces, if its pattern holds."""
    pattern = pattern_of(reading, found.mark, "marker")
    if pattern == "obligation":
        yield from _before(reading, found)
    if pattern in PATTERNS and PATTERNS[pattern](reading, found) and not _is_comment(reading, found.main):
        stated = [found.clause] if found.mark.lower_ in words.UNLESS else parts(found.clause)
        yield from depending(found.mark, [found.main], stated, found.main)


def _is_comment(reading: Reading, main: Token) -> bool:
    """ "it would be a disgrace if …", "asked if they would …": an opinion or a question sets nothing."""
    remarked = reading.is_word("press-reply-verb", main) or is_asked(reading, main)
    return remarked or clauses.has_child(main, words.GENERIC, "nsubj") or _is_opinion(reading, main)


def _is_opinion(reading: Reading, main: Token) -> bool:
    told = clauses.has_child(main, words.ONLY) or clauses.children(main, "expl")
    predicate = clauses.children(main, "attr", "acomp") if main.lemma_ in words.BE and not told else []
    return bool(predicate) and not any(any_of(DEEDS, reading, word) for word in predicate)


# "is possible if", "is ready if", "would be happy to leave if"; not "it would be good to leave if"
DEEDS: tuple[Test, ...] = (
    is_word("possible-adjective"),
    lambda reading, word: bool(frames_of(reading, word)),
    all_hold(has("xcomp"), lambda reading, word: not clauses.has_child(word.head, words.EXPLETIVE, "nsubj")),
)


def _is_conditional(reading: Reading, found: _Marked) -> bool:
    """Not a question ("asked if"), not a comparison ("as if", "even if"), and no mere "if necessary"."""
    asking = reading.any_is_lemma("inquiring-verb", reading.doc[max(0, found.mark.i - 1) : found.mark.i])
    compared = asking or clauses.form_before(found.mark) in words.BEFORE_A_COMPARING_IF | words.NOT
    sets_nothing = found.mark.lower_ in words.IF and compared
    return not sets_nothing and not _says_nothing(found)


def _says_nothing(found: _Marked) -> bool:
    """ "if necessary", "if they have to": what must come first is not said."""
    subjects = clauses.children(found.clause, *clauses.NAMED_SUBJECTS)
    said = [t for t in found.clause.subtree if t.tag_ != "TO" and t not in subjects]
    return said == [found.mark, found.clause] and (not subjects or found.clause.lemma_ in words.HAVE)


def _provided(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A provided that B", which the parser takes for a verb or a preposition of its own."""
    holder = token.head
    stated = clauses.children(token, "ccomp", "pcomp") or list(filter(clauses.is_verbal, _verb_behind(token)))
    told = [verb for verb in clauses.children(holder, "ccomp") if verb.i < token.i]
    main = next(iter(told), holder)
    return depending(token, [main], chain.from_iterable(map(parts, stated[:1])), main)


def _verb_behind(preposition: Token) -> list[Token]:
    """ "provided the border could be secured": the verb whose subject the parser takes for an object."""
    subjects = clauses.children(preposition, "pobj")[:1]
    behind = (t for noun in subjects for t in noun.doc[noun.right_edge.i + 1 : noun.sent.end])
    return list(islice(dropwhile(lambda t: t.dep_ in ("aux", "auxpass", "neg", "advmod"), behind), 1))


def _as_long_as(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "A as long as B"."""
    main = clause.head.head
    return depending(clause.head, [main], parts(clause), main)


def _in_case(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A in the event of B"."""
    main = next(filter(clauses.is_verbal, token.ancestors))
    return depending(token, [main], clauses.all_conjuncts(clauses.prepositional(token, *words.POSSESSOR)[:1]), main)


def _is_under_a_verb(noun: Token) -> bool:
    return any(map(clauses.is_verbal, noun.ancestors))


def _is_denied_until(reading: Reading, found: _Marked) -> bool:
    """ "will not resume until …", "no talks without …"; "will stay until …": what is there ends by the condition."""
    named = clauses.children(found.main, "nsubj", "dobj", "nsubjpass", "attr")
    denied = clauses.is_negated(found.main) or any(clauses.has_child(noun, words.NO) for noun in named)
    over = any(auxiliary.lemma_ in words.HAVE for auxiliary in clauses.children(found.main, "aux"))
    refused = any(evokes(reading, verb, Relation.rejects) for verb in clauses.upward(found.main, ("xcomp", "dobj")))
    if over and not refused or denied and reading.is_word("resting-verb", found.main):
        return False  # "could not have come without …" looks back; "will not rest until …" pledges to go on
    lasts = found.mark.lower_ in words.UNTIL and reading.is_word("lasting-verb", found.main)
    return denied or refused or lasts


def _is_restricted(reading: Reading, found: _Marked) -> bool:
    """ "only after", "not before"."""
    return clauses.form_before(found.mark) in words.ONLY_OR_NOT


def _is_ahead(reading: Reading, found: _Marked) -> bool:
    """ "will leave once …", "can leave once …"; "left once …" tells when."""
    return _is_restricted(reading, found) or clauses.has_child(found.main, words.STILL_TO_COME, "aux")


# What must hold beside a marker, by the name that the lexicon has for it.
PATTERNS: dict[str, Callable[[Reading, _Marked], bool]] = {
    "plain": _is_conditional,
    "negated outcome": _is_denied_until,
    "obligation": _is_denied_until,
    "outcome ahead": _is_ahead,
    "only": _is_restricted,
}


def _before(reading: Reading, found: _Marked) -> Iterator[Dependence]:
    """ "X must do A before B": the outcome is what comes after."""
    verbs = filter(clauses.is_verbal, (found.main, *found.main.ancestors))
    duty = next(filter(partial(_obliges, reading), verbs), None)
    return iter(()) if duty is None else depending(found.mark, [found.clause], _demand(reading, duty), duty)


def _obliges(reading: Reading, main: Token) -> bool:
    """Whether a clause says that something has to be done."""
    return any_of(OBLIGING, reading, main)


# "needs to leave", "demanded that they leave", "must leave", "insists on a pullout before talks"
OBLIGING: tuple[Test, ...] = (
    all_hold(is_word("obligation-verb"), has("xcomp", "ccomp")),
    all_hold(hangs_as("ccomp"), above(evoking(Relation.callsFor)), of_token(clauses.is_subjunctive)),
    lambda reading, verb: clauses.has_child(verb, words.OBLIGING, "aux"),
    all_hold(comes_first, lambda reading, verb: bool(demanded(reading, verb))),
)


def _demand(reading: Reading, main: Token) -> list[Token]:
    """What has to be done: what is demanded, the complement of "needs to", or the clause with "must" itself."""
    inner = clauses.children(main, "xcomp", "ccomp")
    if inner and reading.is_word("obligation-verb", main):
        return parts(inner[0])
    return demanded(reading, main) or parts(main)


def _purpose(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "To get B, X needs to do A": the purpose is the outcome."""
    return depending(clause.head, [clause], _demand(reading, clause.head), clause.head)


def _for_it_to_be(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """ "For talks to resume, X must do A": the talks are the outcome."""
    preposition = clause.head.head
    return depending(preposition, [clause.head], _demand(reading, preposition.head), preposition.head)


def _is_for_it(reading: Reading, clause: Token) -> bool:
    """Whether an infinitive hangs on what stands behind "for", before a clause that obliges somebody."""
    preposition = clause.head.head
    before = preposition.lower_ in words.FOR and preposition.i < preposition.head.i
    return clauses.is_to_infinitive(clause) and before and _obliges(reading, preposition.head)


def _is_purpose(reading: Reading, clause: Token) -> bool:
    """ "to get B" at the beginning; "to do so" says nothing."""
    return clause.i < clause.head.i and not clauses.has_child(clause, words.SO)


def _outcomes(reading: Reading, head: Token) -> list[Token]:
    """Coordinated outcomes are separate; a governing verb of pledging, refusing or telling gives way to what it is
    about."""
    if head.pos_ == "VERB" and _is_about_an_outcome(reading, head):
        return _pledged(head) or clauses.all_conjuncts(clauses.prepositional(head, *words.OF)) or [head]
    if head.dep_ == "xcomp" and head.head.lower_ in words.ABLE:
        return [clauses.governing_clause(head.head)]
    infinitives = list(takewhile(_is_infinitive, clauses.upward(head, ("conj",))))
    return list(filter(_is_infinitive, clauses.conjuncts(infinitives[-1]))) if infinitives else [head]


_is_about_an_outcome = any_holds(is_word("pledging-verb"), is_word("reporting-verb"), evoking(Relation.rejects))


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB"


def _pledged(verb: Token) -> list[Token]:
    """What somebody pledges or refuses to do, to give or to see done."""
    told = (clauses.children(verb, label) for label in ("xcomp", "dobj"))
    return clauses.all_conjuncts(first_filled(told)[:1])


CONDITIONS: tuple[Construction[Iterator[Dependence]], ...] = (
    Construction(
        name="clause with a marker",
        example="Kenya said it would reopen the border if Uganda withdrew its troops.",
        gives=("conditionsOn Kenya: it would reopen the border if Uganda withdrew its troops (says Kenya)",),
        when=(hangs_as("advcl"),),
        rule=_marked_clause,
    ),
    Construction(
        name="but only if",
        example="Kenya is ready to talk, but only after the fleet is withdrawn.",
        gives=(
            "agreesTo Kenya: talk (conditional)",
            "conditionsOn Kenya: Kenya is ready to talk if the fleet is withdrawn",
        ),
        when=(hangs_as("conj"), has("mark")),
        rule=_joined_clause,
    ),
    Construction(
        name="phrase with a marker",
        example="Togo said the talks can resume only after the withdrawal of the fleet.",
        gives=("conditionsOn Togo: the talks can resume if the withdrawal of the fleet (says Togo)",),
        when=(hangs_as("prep", "mark", "advmod", "dep"), is_cue("marker")),
        rule=_marked_phrase,
    ),
    Construction(
        name="provided that",
        example="Togo is ready to leave the valley provided that its border is secured.",
        gives=(
            "agreesTo Togo: leave the valley (conditional)",
            "conditionsOn Togo: Togo is ready to leave the valley if its border is secured",
        ),
        when=(hangs_as("advcl", "prep"), is_one_of(words.PROVIDED)),
        rule=_provided,
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
        when=(is_object_of(words.IN), is_cue("case"), of_token(_is_under_a_verb)),
        rule=_in_case,
    ),
    Construction(
        name="purpose of a need",
        example="To win peace, Chad needs to disarm, Sudan said.",
        gives=("conditionsOn Sudan: win peace if Chad needs to disarm (says Sudan)",),
        when=(hangs_as("advcl"), of_token(clauses.is_to_infinitive), above(_obliges), _is_purpose),
        rule=_purpose,
    ),
    Construction(
        name="for something to happen",
        example="For talks to resume, Kenya must lift the siege, Uganda said.",
        gives=("conditionsOn Uganda: talks to resume if Kenya must lift the siege (says Uganda)",),
        when=(hangs_as("acl"), above(hangs_as("pobj")), _is_for_it),
        rule=_for_it_to_be,
    ),
    *terms.TERMS,
)


# Who sets it


@where(is_a("VERB"), any_holds(is_word("pledging-verb"), is_word("reporting-verb")))
def _who_pledges(reading: Reading, setter: Token) -> list[Actor]:
    """Who pledges something, or speaks of it, on a condition sets it.

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
    """The subject of the clause, else of the nearest above that has one, else whose demand it stands in.

    Example: Kenya will *open* the border if Uganda pays. → Kenya
    """
    above = _clauses_above(reading, setter)
    return first_filled(doers(reading, c) if clauses.is_verbal(c) else frames.owners(reading, c) for c in above)


def _clauses_above(reading: Reading, token: Token) -> Iterator[Token]:
    """A clause, and those above in which it stands; not those beside it, where it has a subject of its own."""
    yield token
    while token.head != token:
        beside = token.dep_ == "conj" and bool(clauses.children(token, *clauses.NAMED_SUBJECTS))
        token = token.head
        if not beside and (clauses.is_verbal(token) or _is_a_demand(reading, token)):
            yield token


def _is_a_demand(reading: Reading, noun: Token) -> bool:
    """ "the rebels' demand that …": a noun that is a move of its owner."""
    return clauses.is_nominal(noun) and bool(frames_of(reading, noun))


SETTERS: tuple[Callable[[Reading, Token], list[Actor] | None], ...] = (_who_pledges, _who_owns, sayers, _who_acts)


def _setters(reading: Reading, found: Dependence) -> list[Actor]:
    """Who sets the condition: who pledges it, says so, owns it, or whose deed the outcome or the demand is.

    Where a minister or spokesperson says what their state or body will do, it is that state or body; who leads it acts.
    """
    setters = first_filled(rule(reading, found.setter) or [] for rule in SETTERS)
    voicing = [s for s in setters if not reading.knowledge.has_word(s.party.roles, "leading-office")]
    bodies = {affiliation.spoken_for(reading, setter) for setter in voicing}
    voiced = [a for a in _who_acts(reading, found.outcome) if a.party in bodies]
    return voiced or distinct([affiliation.voiced(reading, setter) for setter in setters])


# The statement


def _statement(reading: Reading, found: Dependence, setter: Actor, outcome: Token, condition: Token) -> ReadStatement:
    draft = Draft(
        relation=Relation.conditionsOn,
        trigger=found.trigger,
        actor=setter,
        object=outcome,
        matter=_side(reading, outcome, condition, found.trigger),
        polarity=Polarity.positive,
        modality=_modality(reading, found),
    )
    extent = _extent(reading, found, outcome, condition)
    sources = attribution.sources(reading, found.setter, setter)
    chain = speakers_of(reading, Relation.conditionsOn, found.setter, sources, setter)
    dating, _ = dating_of(reading, Relation.conditionsOn, found.setter, Modality.actual, chain, setter)
    return replace(
        statement(reading, draft),
        condition=_side(reading, condition, outcome, found.trigger),
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


def _side(reading: Reading, head: Token, other: Token, cue: Token) -> Mention:
    """Outcome or condition as a matter, without the words of the other side and without the cue."""
    if clauses.is_nominal(head):
        named = matters.matter(reading, head)
        if not named.span.start <= reading.place(other) < named.span.end:
            return named
    kept = _without_cue(_without_other_side(reading, head, other), head, cue)
    kept = clauses.peeled(clauses.trim(kept), partial(_leads_over, reading), -1)
    kept = clauses.trim(clauses.peeled(kept, _leads_in)[: matters.MAX_TOKENS])
    return reading.thing(kept, reading.label(kept), EntityType.Measure)


def _without_cue(span: Span, head: Token, cue: Token) -> Span:
    """The words of a clause before "on condition", where the other side begins; those after "provided"."""
    if cue.lower_ in words.PROVIDED and cue.i < head.i:
        return span.doc[cue.i + 1 : span.end]
    first = cue.head if cue.dep_ == "pobj" else cue
    return span.doc[span.start : first.i] if head.i < first.i < span.end else span


def _without_other_side(reading: Reading, head: Token, other: Token) -> Span:
    """The words of a clause before or after those of the other side, where these lie inside it."""
    span = clauses.full_phrase(head) if clauses.is_nominal(head) else _with_subject(reading, head)
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


def _leads_in(first: Token) -> bool:
    """ "only when …", "then …": what leads in a side."""
    return first.lower_ in words.LEADING_IN and first.dep_ == "advmod"


def _leads_over(reading: Reading, last: Token) -> bool:
    """Whether a word at the end of one side leads over to the other: "in exchange", "only", "until"."""
    cut_off = last.lower_ in words.DANGLING and last.dep_ != "prt"  # not of "if the attacks go on"
    return cut_off or any_of(LEADING_OVER, reading, last)


# "in exchange", "in the event", "on condition": what leads over to the other side
LEADING_OVER: tuple[Test, ...] = (
    all_hold(hangs_as("pobj"), is_cue("exchange")),
    all_hold(hangs_as("pobj"), is_cue("case")),
    all_hold(is_word("condition-noun"), under_any_of(words.CONDITION_ON)),
)
