"""From the network's runs of word pieces to the phrases of the parse: fragments of one phrase are joined, what is no
phrase is left out.

The network scores each piece by itself, so a long object may come in several runs. The parse says which of them are one
phrase, and which are coordinated, and so several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kgraph.extract import clauses
from kgraph.extract.trained.decoding import Found

# Between two runs of one phrase there may be so many tokens that the network did not take for a part of it.
_GAP = 3
_HEADS = frozenset(("NOUN", "PROPN", "PRON", "VERB", "AUX", "NUM", "ADJ"))
_INSIDE_A_PHRASE = frozenset(("amod", "compound", "nmod", "poss", "nummod", "det", "quantmod"))


@dataclass(frozen=True)
class Phrase:
    """A phrase of the parse with the mean score of the runs that it was made of."""

    tokens: Tokens
    score: float


def phrases(doc: Doc, runs: Sequence[Found]) -> list[Phrase]:
    """The phrases that runs stand for: the best one, and those coordinated with it, in text order."""
    return _best(_joined(_of_runs(doc, runs), _one_phrase))


def party_phrases(doc: Doc, runs: Sequence[Found], trigger: Tokens) -> list[Phrase]:
    """Like ``phrases`` for parties, whose phrases hold neither a verb nor the trigger: "We agreed with them"."""

    def go_on(first: Tokens, second: Tokens) -> bool:
        gap = doc[first.end : second.start]
        broken = any(map(clauses.is_verbal, gap)) or first.end <= trigger.start < second.start
        return not broken and _one_phrase(first, second)

    return _best(_joined(_of_runs(doc, runs), go_on))


def _of_runs(doc: Doc, runs: Sequence[Found]) -> list[Phrase]:
    found = ((doc.char_span(run.span.start, run.span.end, alignment_mode="expand"), run.score) for run in runs)
    return [Phrase(clauses.trim(tokens), score) for tokens, score in found if tokens is not None]


def _best(joined: list[Phrase]) -> list[Phrase]:
    sound = [phrase for phrase in joined if _is_sound(phrase.tokens)]
    if not sound:
        return []
    best = max(sound, key=lambda phrase: (phrase.score * min(len(phrase.tokens), 4), -phrase.tokens.start))
    return [phrase for phrase in sound if phrase is best or _coordinated(phrase.tokens, best.tokens)]


def _joined(found: list[Phrase], go_on: Callable[[Tokens, Tokens], bool]) -> list[Phrase]:
    kept: list[Phrase] = []
    for phrase in found:
        if kept and go_on(kept[-1].tokens, phrase.tokens):
            last = kept.pop()
            tokens = phrase.tokens.doc[last.tokens.start : max(last.tokens.end, phrase.tokens.end)]
            phrase = Phrase(tokens, (last.score + phrase.score) / 2)
        kept.append(phrase)
    return kept


def _one_phrase(first: Tokens, second: Tokens) -> bool:
    """Whether the second run goes on with the first.

    It hangs on it, or stands close behind it, and is no coordinated sister.
    """
    if first.sent.start != second.sent.start or _coordinated(first, second):
        return False
    hangs = any(ancestor.i in range(first.start, first.end) for ancestor in second.root.ancestors)
    holds = any(ancestor.i in range(second.start, second.end) for ancestor in first.root.ancestors)
    return hangs or holds or second.start - first.end <= _GAP


def _coordinated(one: Tokens, other: Tokens) -> bool:
    return other.root in one.root.conjuncts


def _is_sound(tokens: Tokens) -> bool:
    """Whether tokens are a phrase.

    They have a head that can stand for something, not a fragment of a larger noun phrase.
    """
    head = tokens.root
    if head.pos_ not in _HEADS:
        return False
    fragment = head.dep_ in _INSIDE_A_PHRASE and head.head.i == tokens.end and head.pos_ != "PROPN"
    return not fragment and (head.pos_ == "PRON" or any(not token.is_stop and token.is_alpha for token in tokens))
