""" "Roe said they must leave, speaking on Monday": the participle belongs to the saying."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends
from kgraph.extract.predicates import above, hangs_as, is_a, is_one_of
from kgraph.extract.rules.en import words


@mends(hangs_as("advcl"), is_one_of(words.SPEAKING), above(hangs_as("ccomp"), above(is_a("VERB"))))
def mend_occasions(speaking: Token) -> None:
    """Hang a participle of speaking behind a comma on the verb that reports what was said."""
    saying = speaking.head.head
    if clauses.between(saying, (speaking.head,), speaking) and clauses.form_before(speaking) == ",":
        speaking.head = saying
