"""Figures with somebody who vouches for them: value, bound, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, scope
from kgraph.extract.phrase_ends import cuts
from kgraph.extract.predicates import hangs_as, has, is_tagged
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules import frames
from kgraph.extract.rules.construction import Construction
from kgraph.extract.rules.en import words
from kgraph.extract.rules.phrases import doers
from kgraph.extract.rules.statements import Draft, statement
from kgraph.extract.speakers import reports, sayers
from kgraph.extract.tables import all_hold, any_of, fails, first, first_of
from kgraph.model.statement import MAX_NAME_WORDS, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Relation, Voice

_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NUMBER_WORDS = words.SCALE | {word: float(number) for word, number in words.SMALL_NUMBER.items()}
_MEASURES = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY")
_SMALLEST = 3
_HYPHEN = "-"
# Labels by which a number hangs on what it counts
_MODIFYING = ("nummod", "compound", "quantmod", "amod", "dep")
# Tokens before a number among which its bound ("more than") stands, and between a claimant and the clause that it opens
_BOUND_WITHIN, _CLAIMANT_WITHIN = 4, 12


@dataclass(frozen=True)
class Figure:
    """A number that counts something: its token, value, and the noun that is counted."""

    number: Token
    value: float
    counted: Token


@dataclass(frozen=True)
class Claim:
    """Who vouches for a figure, and the sources through whom the text has it."""

    claimant: Actor
    sources: tuple[Actor, ...] = ()


def figures(reading: Reading, sentence: Span) -> Iterator[ReadStatement]:
    """The figures of a sentence that a party claims, counts or records."""
    for figure in filter(None, map(partial(_figure, reading), sentence)):
        claim = first_of((construction.read for construction in CLAIMS), reading, figure.number)
        if claim is not None and not any_of(NO_COUNT, reading, figure.counted):
            yield _statement(reading, figure, claim)


# The number and what it counts


def _figure(reading: Reading, token: Token) -> Figure | None:
    value = _value(token) or 0
    counted = _counted(reading, token) if value >= _SMALLEST else None
    return Figure(token, value, counted) if counted is not None else None


def value_of(tokens: Span) -> float | None:
    """The number that words give, None where they give none."""
    return first(map(_value, tokens))


def _value(token: Token) -> float | None:
    """The value of a number that counts; None for dates, money, shares, the second word of "two million", and the
    first of a compound ("a six-point plan")."""
    if token.pos_ != "NUM" or token.ent_type_ in _MEASURES or _is_scale(token):
        return None
    value, behind = _number(token), clauses.form_behind(token)
    return value * words.SCALE.get(behind, 1.0) if value is not None and behind != _HYPHEN else None


def _is_scale(token: Token) -> bool:
    """ "two million": the word says how large the number before it is."""
    before = token.doc[max(0, token.i - 1) : token.i]
    return token.lower_ in words.SCALE and any(number.pos_ == "NUM" for number in before)


def _number(token: Token) -> float | None:
    if _NUMERAL.fullmatch(token.text):
        return float(token.text.replace(",", ""))
    return _NUMBER_WORDS.get(token.lower_)


def _counted(reading: Reading, token: Token) -> Token | None:
    noun = _numbered(token)
    if noun is None:
        return _counted_among(token) or _counted_by_fate(reading, token)
    return noun if _is_news(noun) or reading.is_word("counted-noun", noun) else None


# "300 sailors", not "the 300 sailors", of whom the text told before
_is_news = all_hold(is_tagged("NNS"), fails(has("det", "predet", "poss", of=words.GIVEN)))


def _numbered(number: Token) -> Token | None:
    """ "300 sailors", "two million sailors": the noun that a number modifies, itself or by another number."""
    noun = next((above for above in number.ancestors if above.pos_ != "NUM"), number)
    modifies = number.dep_ in _MODIFYING or noun != number.head
    return noun if modifies and clauses.is_nominal(noun) else None


def _counted_among(number: Token) -> Token | None:
    """ "300 of the sailors": the noun after "of"."""
    return next((h for h in clauses.prepositional(number, *words.OF) if h.tag_ == "NNS"), None)


def _counted_by_fate(reading: Reading, number: Token) -> Token | None:
    """ "21 were injured": the number stands for those to whom it happened."""
    verb = number.head
    return verb if number.dep_ == "nsubjpass" and reading.is_form("counted-noun", verb) else None


# What is no count


def _is_to_be(reading: Reading, noun: Token) -> bool:
    """What is still to be done is not counted yet, nor what is done under a condition.

    Example: Peru will free forty *prisoners*. → True
    """
    verb, acted_on = clauses.governing_clause(noun), noun.dep_ not in clauses.NAMED_SUBJECTS
    to_come = acted_on and scope.modality(reading, verb) != Modality.actual
    return to_come or clauses.is_to_infinitive(verb) or scope.in_condition(noun)


def _is_of_a_move(reading: Reading, noun: Token) -> bool:
    """How many a move is about, or how often it is made, nobody counts.

    Example: Norway hosted three *rounds* of talks. → True
    """
    found = frames.match(reading, clauses.governing_clause(noun))
    if found is None or found.frame.reading == "figure":
        return False
    return any(noun in clauses.conjuncts(filler.head) for filler in found.fillers)


def _is_company(reading: Reading, noun: Token) -> bool:
    """Who stands beside somebody is counted by who tells the story.

    Example: Jane Roe spoke alongside four *ministers*. → True
    """
    return any(clauses.is_after(token, words.BESIDE) for token in clauses.upward(noun, ("conj",)))


NO_COUNT: tuple[Callable[[Reading, Token], bool], ...] = (_is_to_be, _is_of_a_move, _is_company)


# Who vouches for it


def _attributed(reading: Reading, number: Token) -> Claim | None:
    chain = attribution.sources(reading, number)
    return Claim(chain[-1], tuple(chain)) if chain else None


def _counting(reading: Reading, number: Token) -> Claim | None:
    verbs = (verb for verb in _above(number) if _counts(reading, verb))
    counted_by = ((actor, reports(reading, verb)) for verb in verbs for actor in _counters(reading, verb))
    return next((Claim(actor, (actor,) if told else ()) for actor, told in counted_by), None)


def _counters(reading: Reading, verb: Token) -> list[Actor]:
    """Who counts, or says how many there are: a party, or a source without a name."""
    return doers(reading, verb) or (sayers(reading, verb) if reports(reading, verb) else [])


def _above(number: Token) -> Iterator[Token]:
    """The words on which a number hangs, within its clause."""
    for word, above in pairwise((number, *number.ancestors)):
        if word.dep_ == "relcl":
            return
        yield above


def _counts(reading: Reading, verb: Token) -> bool:
    return verb.pos_ == "VERB" and any(frame.reading == "figure" for frame in reading.frames_of_verb(verb))


CLAIMS: tuple[Construction[Claim | None], ...] = (
    Construction(
        name="source of the clause",
        example="Kenya said more than 300 soldiers had died.",
        gives=("claims Kenya: more than 300 soldiers had died (says Kenya)",),
        rule=_attributed,
    ),
    Construction(
        name="subject of a verb of counting",
        example="Peru counted 12,000 deaths.",
        gives=("claims Peru: 12000 deaths",),
        rule=_counting,
    ),
)


# The statement


def _statement(reading: Reading, figure: Figure, claim: Claim) -> ReadStatement:
    trigger = clauses.governing_clause(figure.counted)
    span, what = _figure_span(reading, figure.number), _what(reading, figure)
    extent = _extent(reading, trigger, figure, claim.claimant)
    name, key = _name(reading, figure, span, what), f"{figure.value:g} {what.lower()}"
    mention = reading.thing(span, name, EntityType.Figure, key)
    draft = Draft(
        relation=Relation.claims, trigger=trigger, actor=claim.claimant, matter=mention, modality=Modality.actual
    )
    return replace(
        statement(reading, draft),
        value=figure.value,
        bound=reading.knowledge.bounds.get(_cue(reading, figure.number)),
        what=what,
        span=reading.span(extent),
        quote=reading.words(extent),
        speakers=reading.mentions(claim.sources),
        voice=Voice.self,
        trigger=reading.span(clauses.itself(figure.number)),
    )


def _name(reading: Reading, figure: Figure, span: Span, what: str) -> str:
    """ "500 families had fled", where the text says so right behind the number, as far as it says so in a few words;
    else "500 families"."""
    behind = reading.document.text[reading.span(span).end :].lstrip()
    told = _in_few_words(reading, span, figure) if behind.startswith(what) else figure.counted.lower_
    return f"{reading.label(span)} {told}"


def _in_few_words(reading: Reading, number: Span, figure: Figure) -> str:
    """ "sailors were killed | in the raid on the northern port": the most of what is counted that can stand alone."""
    counted = figure.counted
    root = counted.head if counted.dep_ in clauses.NAMED_SUBJECTS else counted
    phrase = reading.doc[number.end : max(_predicate(root).end, _counted_phrase(reading, counted).end)]
    told = (reading.label(cut.left) for cut in cuts(phrase, root, strict=False))
    return max((each for each in told if len(each.split()) < MAX_NAME_WORDS), key=len, default=counted.lower_)


def _predicate(verb: Token) -> Span:
    return clauses.reach(verb, ("advcl", "punct", "cc", "ccomp", "parataxis"))


def _figure_span(reading: Reading, number: Token) -> Span:
    scales = takewhile(lambda token: token.lower_ in words.SCALE, reading.doc[number.i + 1 :])
    return reading.doc[number.i : number.i + 1 + len(list(scales))]


def _cue(reading: Reading, number: Token) -> str:
    """The words before a number that say how exact it is; empty where there are none."""
    before = reading.doc[max(number.sent.start, number.i - _BOUND_WITHIN) : number.i].text.lower()
    cues = sorted(reading.knowledge.bounds, key=len, reverse=True)
    return next((cue for cue in cues if re.search(rf"\b{re.escape(cue)}$", before)), "")


def _what(reading: Reading, figure: Figure) -> str:
    """What is counted: the noun with its modifiers and what became of it, without the number and its bound."""
    if figure.counted.pos_ == "VERB":
        return figure.counted.text
    number = figure.number
    first = number.i - len(_cue(reading, number).split())
    phrase = _counted_phrase(reading, figure.counted)
    named = (t for t in phrase if not first <= t.i <= number.i and not _only_introduces(t, number))
    kept = [reading.words(clauses.itself(t)) for t in named]
    return " ".join(kept).replace(" - ", "-").replace(" ,", ",").strip()


def _only_introduces(token: Token, number: Token) -> bool:
    """Quotation marks, and determiners before the number."""
    return token.text == '"' or token.pos_ == "DET" and token.i < number.i


def _counted_phrase(reading: Reading, counted: Token) -> Span:
    """The noun phrase; after "of" with the noun before it, as a subject with its predicate."""
    phrase = clauses.reach(counted, ("punct", "cc", "appos"))
    upper = counted.head
    if clauses.is_after(counted, words.POSSESSOR) and upper.head.pos_ == "NOUN":
        return reading.doc[clauses.reach(upper.head, ("punct", "cc")).start : phrase.end]
    if counted.dep_ == "nsubj":
        return reading.doc[phrase.start : max(phrase.end, _predicate(upper).end)]
    return phrase


# "were killed and injured": the figure counts both together.
_is_one_more_fate = all_hold(hangs_as("conj"), is_tagged("VBN"), fails(has(*clauses.NAMED_SUBJECTS)))


def _extent(reading: Reading, trigger: Token, figure: Figure, claimant: Actor) -> Span:
    """The clause of the figure, with the claimant where it stands just before."""
    phrase, verb, sentence = clauses.full_phrase(figure.counted), clauses.clause_span(trigger), figure.number.sent
    fates = (fate.i + 1 for fate in filter(_is_one_more_fate, clauses.conjuncts(trigger)))
    start, end = min(verb.start, phrase.start), max(phrase.end, verb.end, *fates)
    if sentence.start <= claimant.span.start < start and start - claimant.span.end < _CLAIMANT_WITHIN:
        start = claimant.span.start
    return clauses.trim(reading.doc[max(start, sentence.start) : min(end, sentence.end)])
