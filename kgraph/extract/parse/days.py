"""Days that the parser takes for part of the name behind them: "told the press on Monday Peru had signed"."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import hang, mends, relabel
from kgraph.extract.predicates import above, hangs_as, has
from kgraph.extract.tables import fails

_NAMES = ("GPE", "PERSON")
_waits_for_subject = fails(has(*clauses.SUBJECTS))


def _is_day_before_name(word: Token) -> bool:
    name = word.head
    return word.ent_type_ == "DATE" and name.i == word.i + 1 and name.ent_type_ in _NAMES


@mends(hangs_as("compound"), _is_day_before_name, above(hangs_as("pobj")))
def mend_days(day: Token) -> None:
    """ "said on Monday Peru had signed": the day is that of the saying, the name the subject of what is said."""
    name = day.head
    preposition = name.head
    said = clauses.labelled(preposition.head.rights, "ccomp")
    for clause in filter(_waits_for_subject, said):
        relabel(day, preposition, "pobj")
        relabel(name, clause, "nsubj")


@mends(hangs_as("compound"), _is_day_before_name)
def mend_bare_days(day: Token) -> None:
    """ "said late Friday Peru's army …": the day is that of the saying."""
    phrase = clauses.labelled(day.head.lefts, "amod", "compound")
    verb = day.doc[max(phrase[0].i - 1, 0)]
    if clauses.is_verbal(verb):
        hang(phrase, day)
        relabel(day, verb, "npadvmod")
