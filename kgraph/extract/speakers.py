"""Who utters a quotation: an ordered table of rules, the example of each a test (tests/test_examples.py)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kgraph.extract import clauses, descriptions
from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.extract.reference import who, who_all
from kgraph.extract.rules.en import words
from kgraph.extract.tables import first_filled, first_of
from kgraph.vocabulary import EntityType

MAX_SPEAKERS = 6
# How far a verb of saying may stand from its quotation, in tokens.
_NEAR = 25


def quotation_speaker(reading: Reading, quotation: Quotation) -> list[Actor]:
    """Who utters a quotation, by the first rule that finds somebody; empty where the text does not tell."""
    return first_of(SPEAKER_RULES, reading, quotation) or []


def reports(reading: Reading, token: Token) -> bool:
    """Whether a token is a verb of saying, writing or thinking, or makes something clear."""
    if token.pos_ != "VERB":
        return False
    return reading.is_lemma("reporting-verb", token) or _makes_clear(reading, token)


def _makes_clear(reading: Reading, verb: Token) -> bool:
    """ "Roe made clear that …": a verb and an adjective that together report."""
    return reading.is_lemma("revealing-verb", verb) and reading.any_is_form("revealed-adjective", verb.children)


def sayers(reading: Reading, verb: Token) -> list[Actor]:
    """Who says what a verb of saying reports; nobody of whom only the quoted words tell."""
    outside = [
        h for h in _who_says(reading, verb) if reading.quotation_at(h) is None or reading.quotation_at(verb) is not None
    ]
    return [actor for head in outside for actor in sayer(reading, head)][:MAX_SPEAKERS]


def _who_says(reading: Reading, verb: Token) -> list[Token]:
    """The subject of a verb of saying; who is "quoted as saying", not who quotes them."""
    quoted, passive = _is_quoted_as_saying(reading, verb), clauses.is_passive(verb)
    if quoted and not passive:
        return clauses.children(verb, "dobj")
    return clauses.subjects(verb) if quoted or not passive else clauses.agents(verb)


def _is_quoted_as_saying(reading: Reading, verb: Token) -> bool:
    """ "Roe was quoted as saying …", "the agency quoted Roe as saying …"."""
    below = clauses.children_of(clauses.children_with(verb, words.AS, "prep"), "pcomp")
    return reading.any_is_lemma("reporting-verb", below)


def sayer(reading: Reading, head: Token) -> list[Actor]:
    """Who is meant by the subject of a verb of saying: a party, whose text it is, or somebody without an office."""
    found = who(reading, head)
    if not found and reading.is_word("telling-noun", head):
        found = tellers(reading, head)
    return found or _informant(reading, head)


def tellers(reading: Reading, noun: Token) -> list[Actor]:
    """Whose report, claim or argument a noun is."""
    owners = (
        clauses.children(noun, "poss"),
        clauses.prepositional(noun, *words.AGENT, *words.ORIGIN),
        clauses.children(noun, "compound", "nmod"),
        [agent for verb in clauses.children(noun, "acl") for agent in clauses.agents(verb)],
    )
    return first_filled(who_all(reading, heads) for heads in owners)


def _informant(reading: Reading, head: Token) -> list[Actor]:
    """ "A source close to the talks", "a person who saw the draft": nobody's office, but whom the text relies on."""
    if not reading.is_form("informant-noun", head):
        return []
    span = descriptions.extent(head)
    return [Actor(Party(descriptions.label(reading, span), EntityType.Person), span, certainty=0.7)]


def announced_block(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A block quotation belongs to the last verb of saying in the paragraph before it.

    Example: Jane Roe said after the talks: ¶ Peru signed the pact. → Jane Roe
    """
    if not quotation.block:
        return None
    start, _ = reading.paragraph_at(quotation.start)
    number = bisect_left(reading.paragraphs, start, key=lambda paragraph: paragraph[0])
    verbs = reading.reporting_verbs_in(reading.paragraphs[number - 1][0] if number else 0, start)
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
    if quotation.start - reading.paragraph_at(quotation.start)[0] <= 3:
        return None
    return _first_sayers(reading, (v for v in _verbs_by_nearness(reading, quotation) if v.i < quotation.start))


def goes_on(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A quotation that opens its paragraph, or follows another there, goes on with who spoke last.

    Example: "Peru signed the pact," Jane Roe said. ¶ "It was a long night." → Jane Roe
    """
    number = bisect_left(reading.quotations, quotation.start, key=lambda other: other.start)
    earlier = (reading.quotations[n] for n in range(number - 1, -1, -1))
    last = next((q for q in earlier if q.end <= quotation.start and not q.block), None)
    start, _ = reading.paragraph_at(quotation.start)
    if last is not None and (quotation.start - start <= 1 or last.start >= start):
        return reading.speakers(last)
    return None


SPEAKER_RULES: tuple[Callable[[Reading, Quotation], list[Actor] | None], ...] = (
    announced_block,
    said_beside,
    said_before,
    goes_on,
)


def _first_sayers(reading: Reading, verbs: Iterator[Token]) -> list[Actor] | None:
    """Who says what the first of some verbs reports that has somebody who does."""
    return first_filled(sayers(reading, verb) for verb in verbs) or None


def _is_beside(verb: Token, quotation: Quotation) -> bool:
    """Whether a verb stands near a quotation, in a sentence that holds or touches it."""
    touches = verb.sent.start <= quotation.end + 1 and verb.sent.end >= quotation.start - 1
    return touches and _distance(verb, quotation) <= _NEAR


def _distance(verb: Token, quotation: Quotation) -> int:
    return min(abs(verb.i - quotation.start), abs(verb.i - quotation.end))


def _verbs_by_nearness(reading: Reading, quotation: Quotation) -> list[Token]:
    """The paragraph's verbs of saying outside quotations, those of the quotation's sentence first, then by distance."""
    start, end = reading.paragraph_at(quotation.start)
    sentence = reading.doc[quotation.start].sent
    verbs = [t for t in reading.reporting_verbs_in(start, end) if reading.quotation_at(t) is None]
    return sorted(verbs, key=lambda t: (t.sent != sentence, _distance(t, quotation)))
