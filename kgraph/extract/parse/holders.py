"""Who holds an office, where the parser hangs the name behind the comma on the place of the office or on the verb."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends, relabel
from kgraph.extract.predicates import above, hangs_as, is_a
from kgraph.extract.tables import all_hold, any_holds

_PLACES = ("GPE", "LOC")


def _is_person_behind_comma(name: Token) -> bool:
    return name.ent_type_ == "PERSON" and clauses.form_before(name.left_edge) == ","


def _is_place(word: Token) -> bool:
    return word.ent_type_ in _PLACES


def _is_before_comma(name: Token) -> bool:
    return clauses.form_behind(name.right_edge) == ","


_of_an_office = above(hangs_as("pobj"), _is_place, above(hangs_as("prep"), above(is_a("NOUN"))))


@mends(
    _is_person_behind_comma, any_holds(hangs_as("appos"), all_hold(hangs_as("conj"), _is_before_comma)), _of_an_office
)
def mend_office_holders(name: Token) -> None:
    """ "Peru's envoy in Lima, Jane Roe, has signed": a person is no place."""
    relabel(name, name.head.head.head, "appos")


@mends(_is_person_behind_comma, hangs_as("npadvmod"))
def mend_loose_holders(name: Token) -> None:
    """ "a deal brokered by the mediator, UN envoy Jane Roe": a person is no time."""
    holder = name.doc[max(name.left_edge.i - 2, 0)]
    if holder.pos_ == "NOUN" and holder.sent == name.sent:
        relabel(name, holder, "appos")
