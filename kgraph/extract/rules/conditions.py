"""Conditions: which outcome depends on what, and who sets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, matters, scope, temporal
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules.moves import abstain, assemble, voice_of
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation

_OBLIGATION = frozenset("must should need require have want".split())
_SELF_REPORTING = frozenset("warn threaten insist demand vow urge".split())
_PLEDGING = frozenset("agree pledge promise offer commit vow refuse want warn threaten".split())


@dataclass(frozen=True)
class Dependence:
    """An outcome and its conditions, as heads in the parse. ``setter`` is the clause whose subject or speaker sets it."""

    trigger: Token
    outcome: Token
    conditions: tuple[Token, ...]
    setter: Token


def conditions(reading: Reading, sentence: Span) -> Iterator[ReadStatement | Abstention]:
    """The dependences that a sentence states; coordinated conditions are separate statements."""
    seen: set[tuple[int, int]] = set()
    for token in sentence:
        for found in _dependences(reading, token):
            setters = _setters(reading, found)
            if not setters:
                yield abstain(reading, Relation.conditionsOn, found.trigger, "nobody certain sets the condition")
                continue
            for condition in found.conditions:
                for outcome in _outcomes(found.outcome):
                    if (outcome.i, condition.i) in seen or outcome.i == condition.i:
                        continue
                    seen.add((outcome.i, condition.i))
                    yield from (_statement(reading, found, setter, outcome, condition) for setter in setters)


def _dependences(reading: Reading, token: Token) -> Iterator[Dependence]:
    if (
        token.dep_ != "advcl"
        and token.lower_ not in reading.knowledge.condition_words
        and token.lemma_ not in reading.knowledge.condition_words
    ):
        return
    yield from _adverbial(reading, token)
    yield from _purpose(token)
    yield from _exchange(reading, token)
    yield from _depends(reading, token)
    yield from _as_condition(reading, token)
    yield from _condition_noun(reading, token)


def _pattern(reading: Reading, token: Token, kind: str) -> str | None:
    """What the lexicon says of a condition cue of this kind: the pattern that must hold, None where the token is no such cue."""
    cues = reading.knowledge.conditions
    return cues.get((token.lower_, kind)) or cues.get((token.lemma_.lower(), kind))


def _adverbial(reading: Reading, clause: Token) -> Iterator[Dependence]:
    """if, unless, until, once, only after, before: a clause or phrase beside the outcome."""
    if clause.dep_ == "advcl":
        marks = [c for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i]
        for mark in marks:
            yield from _by_mark(reading, mark, clause, clause.head)
    if _pattern(reading, clause, "marker") and clause.dep_ in ("prep", "mark", "advmod", "dep"):
        for head in clauses.children(clause, "pobj", "pcomp"):
            if reading.is_word("measure-noun", head) or reading.is_word("matter-class", head) or head.pos_ == "VERB":
                yield from _by_mark(reading, clause, head, clause.head)


def _by_mark(reading: Reading, mark: Token, clause: Token, main: Token) -> Iterator[Dependence]:
    word, pattern = mark.lower_, _pattern(reading, mark, "marker")
    only = any(t.lower_ in ("only", "not") for t in (mark.nbor(-1) if mark.i else mark,)) or any(
        c.lower_ == "only" for c in (*mark.children, *clause.children) if c.i <= mark.i + 1
    )
    negated = any(c.dep_ == "neg" for c in main.children) or any(
        d.lower_ == "no" for c in main.children for d in c.children if c.dep_ in ("nsubj", "dobj", "nsubjpass", "attr")
    )
    if pattern == "plain" and clause.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        if word != "if" or not _is_question(mark, clause):
            yield Dependence(
                mark, main, tuple(clauses.conjuncts(clause)[:1]) if word == "unless" else tuple(_parts(clause)), main
            )
    elif pattern == "negated outcome" and negated:
        yield Dependence(mark, main, tuple(_parts(clause)), main)
    elif pattern == "only" and only:
        yield Dependence(mark, main, tuple(_parts(clause)), main)
    elif pattern == "obligation":
        duty = next((v for v in (main, *main.ancestors) if v.pos_ in ("VERB", "AUX") and _obliges(v)), None)
        if duty is not None and duty.sent == main.sent:
            yield Dependence(mark, clause, tuple(_demand(duty)), duty)


def _is_question(mark: Token, clause: Token) -> bool:
    return clause.dep_ == "ccomp" or mark.nbor(-1).lower_ in ("as", "even") if mark.i else False


def _parts(clause: Token) -> list[Token]:
    return [c for c in clauses.conjuncts(clause) if c.pos_ == clause.pos_ or {c.pos_, clause.pos_} <= {"NOUN", "PROPN"}]


def _obliges(main: Token) -> bool:
    if main.dep_ == "ccomp" and main.head.lemma_ in ("insist", "demand", "require") and main.tag_ in ("VB", "VBP"):
        return True
    return (
        main.lemma_.lower() in _OBLIGATION
        and bool(clauses.children(main, "xcomp", "ccomp"))
        or any(c.dep_ == "aux" and c.lower_ in ("must", "should") for c in main.children)
    )


def _demand(main: Token) -> list[Token]:
    """What has to be done: the complement of "needs to", or the clause with "must" itself."""
    inner = clauses.children(main, "xcomp", "ccomp")
    if main.lemma_.lower() in _OBLIGATION and inner:
        return _parts(inner[0])
    return _parts(main)


def _purpose(clause: Token) -> Iterator[Dependence]:
    """ "To get B, X needs to do A": the purpose is the outcome."""
    if clause.dep_ != "advcl" or clause.tag_ != "VB" or not any(c.tag_ == "TO" for c in clause.children):
        return
    main = clause.head
    if clause.i < main.i and _obliges(main):
        yield Dependence(main, clause, tuple(_demand(main)), main)


def _exchange(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A in exchange for B"."""
    if not _pattern(reading, token, "exchange") or token.dep_ != "pobj" or token.head.lower_ != "in":
        return
    main = token.head.head
    wanted = (
        clauses.prepositional(token, "for")
        or clauses.prepositional(token.head, "for")
        or clauses.prepositional(main, "for")
    )
    if wanted and main.pos_ in ("VERB", "NOUN"):
        yield Dependence(token, main, tuple(c for h in wanted[:1] for c in clauses.conjuncts(h)), main)


def _depends(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A depends on B", "A is contingent on B"."""
    preposition_known = _pattern(reading, token, "dependence")
    for preposition in (preposition_known, "upon") if preposition_known else ():
        found = clauses.prepositional(token, preposition)
        subjects = (
            clauses.patient(token) if token.pos_ == "VERB" and clauses.is_passive(token) else clauses.subjects(token)
        )
        if found and subjects:
            yield Dependence(
                token,
                subjects[0],
                tuple(c for h in found for c in clauses.conjuncts(h)),
                clauses.governing_clause(token),
            )
            return


def _as_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "B as a precondition for A"."""
    if not reading.is_word("condition-noun", token) or token.dep_ != "pobj" or token.head.lower_ != "as":
        return
    outcome = (
        clauses.prepositional(token, "for") + clauses.prepositional(token, "of") + clauses.prepositional(token, "to")
    )
    holder = token.head.head
    if not outcome:
        return
    if holder.pos_ in ("NOUN", "PROPN") and holder.dep_ == "dobj" and holder.head.tag_ == "VB":
        top = holder.head
        while top.tag_ in ("VB", "VBG") and top.head != top or top.pos_ == "NOUN":
            top = top.head
        yield Dependence(token, outcome[0], (holder.head,), top)
        return
    if holder.pos_ in ("NOUN", "PROPN"):
        yield Dependence(token, outcome[0], tuple(clauses.conjuncts(holder)), holder)
        return
    demanded = clauses.children(holder, "xcomp", "ccomp", "dobj") or clauses.direct_objects(holder)
    if demanded:
        yield Dependence(token, outcome[0], tuple(demanded[:1]), holder)
    else:
        yield Dependence(token, outcome[0], (holder,), holder)


def _condition_noun(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "its condition that B before A", "B is a precondition for A"."""
    if not reading.is_word("condition-noun", token):
        return
    if token.dep_ == "pobj" and token.head.lower_ == "on" and token.head.head.pos_ == "VERB":
        for clause in clauses.children(token, "acl", "ccomp", "relcl"):
            yield Dependence(token, token.head.head, (clause,), token.head.head)
        return
    if token.dep_ == "attr" and token.head.lemma_ == "be":
        outcome = (
            clauses.prepositional(token, "for")
            + clauses.prepositional(token, "of")
            + clauses.prepositional(token, "to")
        )
        subjects = clauses.subjects(token.head)
        if outcome and subjects:
            yield Dependence(token, outcome[0], (subjects[0],), token.head)
    for clause in clauses.children(token, "acl", "ccomp", "relcl"):
        for mark in [t for t in clause.subtree if t.lower_ == "before" and t.dep_ in ("mark", "prep")]:
            outcome_head = (
                mark.head if mark.dep_ == "mark" else next(iter(clauses.children(mark, "pobj", "pcomp")), None)
            )
            if outcome_head is not None and outcome_head != clause:
                yield Dependence(token, outcome_head, (clause,), token)


def _outcomes(head: Token) -> list[Token]:
    """Coordinated outcomes are separate; a governing verb of pledging gives way to what is pledged."""
    inner = [c for c in clauses.children(head, "xcomp") if c.tag_ == "VB"]
    if head.pos_ == "VERB" and head.lemma_ in _PLEDGING:
        named = clauses.children(head, "dobj")
        return [c for c in clauses.conjuncts(inner[0]) if c.pos_ in ("VERB", "AUX")] if inner else named or [head]
    if head.tag_ == "VB":
        first = head
        while first.dep_ == "conj" and first.head.tag_ == "VB":
            first = first.head
        return [c for c in clauses.conjuncts(first) if c.tag_ == "VB"]
    return [head]


def _setters(reading: Reading, found: Dependence) -> list[Actor]:
    """Who sets the condition: the speaker of the clause, else the party whose deed the outcome or the demand is."""
    chain = attribution.sources(reading, found.setter) or attribution.author(reading)
    node = found.setter
    if node.pos_ == "VERB" and node.lemma_ in _PLEDGING:
        own = [a for h in clauses.subjects(node) for a in who(reading, h)]
        if own:
            return own
    if chain:
        speaker = chain[-1]
        if speaker.party.roles & {"spokesman", "spokeswoman", "spokesperson"}:
            body = attribution.spoken_for(reading, speaker)
            if body is not None:
                return [Actor(body, speaker.span, certainty=0.75)]
        together = [a for h in clauses.subjects(node.head) for a in who(reading, h)] if node.dep_ == "ccomp" else []
        return together if speaker.party in {a.party for a in together} else [speaker]
    if node.pos_ in ("NOUN", "PROPN"):
        owners = [a for h in clauses.children(node, "poss") for a in who(reading, h)]
        if owners:
            return owners
        node = clauses.governing_clause(node)
    heads = clauses.agents(node) if node.pos_ == "VERB" and clauses.is_passive(node) else clauses.subjects(node)
    found_actors = [a for h in heads for a in who(reading, h)]
    while not found_actors and node.head != node:
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            found_actors = [a for h in clauses.subjects(node) for a in who(reading, h)]
    return found_actors


def _statement(reading: Reading, found: Dependence, setter: Actor, outcome: Token, condition: Token) -> ReadStatement:
    statement = assemble(
        reading,
        Relation.conditionsOn,
        found.trigger,
        setter,
        outcome,
        Polarity.positive,
        modality=_modality(reading, found),
        named=_side(reading, outcome, condition),
    )
    low = min(outcome.left_edge.i, condition.left_edge.i, found.trigger.i)
    high = max(clauses.full_phrase(outcome).end, clauses.full_phrase(condition).end, found.trigger.i + 1)
    extent = clauses.trim(reading.doc[max(low, found.trigger.sent.start) : min(high, found.trigger.sent.end)])
    chain = attribution.sources(reading, found.setter, setter)
    if found.setter.dep_ == "ccomp" and found.setter.head.lemma_ in _SELF_REPORTING:
        chain = []
    statement = replace(statement, speakers=tuple(reading.mention(a) for a in chain), voice=voice_of(chain, setter))
    dating = temporal.date_of(reading, found.setter, Modality.actual)
    if dating.edtf is None:
        dating = temporal.reported_on(reading, found.setter)
    return replace(
        statement,
        dating=dating,
        condition=_side(reading, condition, outcome),
        span=reading.span(extent),
        quote=reading.words(extent),
    )


def _modality(reading: Reading, found: Dependence) -> Modality:
    hedged = any(t.lower_ in ("reportedly", "allegedly") for t in found.trigger.sent if abs(t.i - found.trigger.i) < 8)
    own = scope.modality(reading, found.setter) if found.setter.pos_ in ("VERB", "AUX") else Modality.actual
    return Modality.possible if hedged or own == Modality.possible else Modality.actual


def _side(reading: Reading, head: Token, other: Token) -> Mention:
    """Outcome or condition as a matter, without the words of the other side and without the cue."""
    if head.pos_ in ("NOUN", "PROPN"):
        return matters.matter(reading, head)
    span = clauses.clause_span(head)
    below = {t.i for t in other.subtree} if other.i in {t.i for t in head.subtree} else set()
    cue = {c.i for c in head.children if c.dep_ == "mark"}
    if head.dep_ == "xcomp":
        subjects = clauses.children(head.head, "nsubj", "nsubjpass")
        if subjects and head.head.lemma_.lower() in _OBLIGATION:
            span = reading.doc[clauses.reach(subjects[0]).start : span.end]
    tokens = [t for t in span if t.i not in below and t.i not in cue]
    kept = span
    if below and tokens:
        if min(below) <= span.start:
            kept = reading.doc[max(below) + 1 : span.end] if max(below) + 1 < span.end else span
        else:
            kept = reading.doc[span.start : max(span.start + 1, min(below))]
    kept = clauses.trim(kept)
    while len(kept) > 1 and kept[-1].lower_ in ("in", "for", "only", "exchange", "return", "until", "after", "before"):
        kept = kept[:-1]
    kept = clauses.trim(kept[: matters.MAX_TOKENS])
    name = " ".join(reading.words(kept).split())
    return Mention(
        span=reading.span(kept), text=reading.words(kept), name=name, type=EntityType.Measure, key=name.lower()
    )
