"""For whom somebody acts: by the actors file or, where that does not know them, by the title before their name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from kgraph.analysis.corpus import Corpus, party
from kgraph.knowledge import Knowledge
from kgraph.link.names import is_role
from kgraph.link.phrases import actors_in
from kgraph.model.statement import Statement
from kgraph.model.wording import enumerated
from kgraph.vocabulary import EntityType

# Characters before a name in which its title may begin.
_TITLE = 80
_MARKS = ',;:()“”"'


def makers(moves: Iterable[Statement], corpus: Corpus) -> str:
    """The names of who made some moves; who did so for a state that is named itself is not named besides."""
    named = {party(move): move for move in moves if move.actor is not None}
    sides = {who: side(move, corpus) for who, move in named.items()}
    return enumerated(sorted({corpus.label(who) for who, of in sides.items() if of == who or of not in named}))


def side(move: Statement, corpus: Corpus) -> str:
    """The IRI of whom the maker of a move stands for."""
    who = party(move)
    known = corpus.side_of(who)
    is_unknown_person = known == who and move.actor is not None and move.actor.type == EntityType.Person
    return (_state_of_title(move, corpus) or who) if is_unknown_person else known


def _state_of_title(move: Statement, corpus: Corpus) -> str | None:
    """ "Peruvian Trade Minister Ana Roe" acts for Peru."""
    start, end = (move.actor.span.start, move.actor.span.end) if move.actor is not None else (0, 0)
    title = _titled(corpus.texts.get(move.document, "")[max(0, start - _TITLE) : end], corpus.knowledge)
    states = [a for a in actors_in(title, corpus.knowledge) if corpus.knowledge.actors[a].type == EntityType.State]
    return states[0] if len(states) == 1 else None


def _titled(words: str, knowledge: Knowledge) -> str:
    """A name that some words end with, and what stands before it, capitalised or saying what a person is; nothing where
    no word says that.
    """

    def is_part(word: str) -> bool:
        return word[-1] not in _MARKS and (word[0].isupper() or is_role(word.lower(), knowledge))

    found = list(takewhile(is_part, reversed(words.split())))
    return " ".join(reversed(found)) if any(is_role(word.lower(), knowledge) for word in found) else ""
