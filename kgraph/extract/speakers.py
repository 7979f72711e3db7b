"""Who utters a quotation: an ordered table of rules, the example of each a test (tests/test_examples.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.extract.reference import who_all
from kgraph.extract.tables import first_of

MAX_SPEAKERS = 6
# How far a verb of saying may stand from its quotation, in tokens.
_NEAR = 25


def quotation_speaker(reading: Reading, quotation: Quotation) -> list[Actor]:
    """Who utters a quotation, by the first rule that finds somebody; empty where the text does not tell."""
    return first_of(SPEAKER_RULES, reading, quotation) or []


def reports(reading: Reading, token: Token) -> bool:
    """Whether a token is a verb of saying, writing or thinking."""
    return token.pos_ == "VERB" and reading.is_lemma("reporting-verb", token)


def sayers(reading: Reading, verb: Token) -> list[Actor]:
    """Who says what a verb of saying reports."""
    heads = clauses.agents(verb) if clauses.is_passive(verb) else clauses.subjects(verb)
    return who_all(reading, heads)[:MAX_SPEAKERS]


def announced_block(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A block quotation belongs to the last verb of saying in the paragraph before it.

    Example: Jane Roe said after the talks: ¶ Peru signed the pact. → Jane Roe
    """
    if not quotation.block:
        return None
    start, _ = _paragraph(reading, quotation)
    before = max((s for s, _ in reading.paragraphs if s < start), default=0)
    verbs = [t for t in reading.reporting_verbs if before <= t.i < start]
    return sayers(reading, verbs[-1]) if verbs else []


def said_beside(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """The nearest verb of saying in the sentence of a quotation, or in one that touches it.

    Example: "Peru signed the pact," Jane Roe said. → Jane Roe
    """
    verbs = (v for v in _verbs_by_nearness(reading, quotation) if _is_beside(v, quotation))
    return _first_sayers(reading, verbs)


def said_before(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A quotation inside a paragraph belongs to a verb of saying before it there.

    Example: Jane Roe said that it was late. It rained. Snow fell, too. "Peru has signed the pact." → Jane Roe
    """
    if quotation.start - _paragraph(reading, quotation)[0] <= 3:
        return None
    return _first_sayers(reading, (v for v in _verbs_by_nearness(reading, quotation) if v.i < quotation.start))


def goes_on(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A quotation that opens its paragraph, or follows another there, goes on with who spoke last.

    Example: "Peru signed the pact," Jane Roe said. ¶ "It was a long night." → Jane Roe
    """
    earlier = [q for q in reading.quotations if q.end <= quotation.start and not q.block]
    start, _ = _paragraph(reading, quotation)
    if earlier and (quotation.start - start <= 1 or earlier[-1].start >= start):
        return reading.speakers(earlier[-1])
    return None


SPEAKER_RULES: tuple[Callable[[Reading, Quotation], list[Actor] | None], ...] = (
    announced_block,
    said_beside,
    said_before,
    goes_on,
)


def _first_sayers(reading: Reading, verbs: Iterator[Token]) -> list[Actor] | None:
    """Who says what the first of some verbs reports that has somebody who does."""
    return next((found for verb in verbs if (found := sayers(reading, verb))), None)


def _paragraph(reading: Reading, quotation: Quotation) -> tuple[int, int]:
    return next(((s, e) for s, e in reading.paragraphs if s <= quotation.start < e), (0, len(reading.doc)))


def _is_beside(verb: Token, quotation: Quotation) -> bool:
    """Whether a verb stands near a quotation, in a sentence that holds or touches it."""
    touches = verb.sent.start <= quotation.end + 1 and verb.sent.end >= quotation.start - 1
    return touches and _distance(verb, quotation) <= _NEAR


def _distance(verb: Token, quotation: Quotation) -> int:
    return min(abs(verb.i - quotation.start), abs(verb.i - quotation.end))


def _verbs_by_nearness(reading: Reading, quotation: Quotation) -> list[Token]:
    """The paragraph's verbs of saying outside quotations, those of the quotation's sentence first, then by distance."""
    start, end = _paragraph(reading, quotation)
    sentence = reading.doc[quotation.start].sent
    verbs = [t for t in reading.reporting_verbs if start <= t.i < end and reading.quotation_at(t) is None]
    return sorted(verbs, key=lambda t: (t.sent != sentence, _distance(t, quotation)))
