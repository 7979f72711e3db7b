"""What a finding is worth to who reads it, beside how surely it was read: whether its parties and things can be told
from what it shows, whether it is about what is negotiated, and whether more than one clause tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, dropwhile

from kgraph.analysis.corpus import Corpus, party
from kgraph.knowledge import Knowledge
from kgraph.link.phrases import phrase
from kgraph.model.statement import Statement

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Classes of the lexicon: what points at something that is told elsewhere, and what is done by saying it.
_POINTING, _SAID = "pointing-word", "performative-verb"
# Those of what stands before a verb.
_MODAL = ("name-auxiliary", "before-verb", "negation")


def are_named(corpus: Corpus, moves: Iterable[Statement]) -> bool:
    """Whether the names of all who make some moves tell who they are: "groups" and "two presidents" do not."""
    return all(corpus.is_named(party(move)) for move in moves)


def is_told_again(moves: Iterable[Statement]) -> bool:
    """Whether clauses that stand apart tell of something."""
    return any(
        one.document != other.document or not one.span.overlaps(other.span) for one, other in combinations(moves, 2)
    )


def tells_what(name: str, words: str, knowledge: Knowledge) -> bool:
    """Whether a name, and the words that a finding shows for it, say what is meant to who reads nothing else: neither
    "this deal" nor "move forward", of which only the text around tells more; "talks fail" will do.
    """
    is_bare = phrase(_without_modals(name, knowledge), knowledge).is_bare
    return not is_bare or (is_about_negotiation(words, knowledge) and not _points(words, knowledge))


def is_about_negotiation(words: str, knowledge: Knowledge) -> bool:
    """Whether words name a kind of thing that negotiations are about: talks, an agreement, sanctions …"""
    return not knowledge.sorts.keys().isdisjoint(_words(words))


def is_just_said(words: str, knowledge: Knowledge) -> bool:
    """Whether something is done by saying it ("could only welcome it"): that binds nobody."""
    return knowledge.has_word(_words(words), _SAID)


def _without_modals(name: str, knowledge: Knowledge) -> str:
    """ "would not be able to go on" is "go on"."""
    words = dropwhile(lambda word: knowledge.has_word((word.lower(),), *_MODAL), name.split())
    return " ".join(words) or name


def _points(words: str, knowledge: Knowledge) -> bool:
    return knowledge.is_word(_POINTING, next(iter(_words(words)), ""))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]
