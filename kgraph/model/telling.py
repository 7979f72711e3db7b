"""Statements in words: who does what, as a reader would say it."""

from __future__ import annotations

from kgraph.model.statement import LinkedMention, Statement
from kgraph.vocabulary import Modality, Polarity


def plain_form(verb: str) -> str:
    """A verb as it stands after "does not" and after several parties: "agrees to" becomes "agree to"."""
    first, space, rest = verb.partition(" ")
    return first.removesuffix("s") + space + rest


def verb_around(statement: Statement) -> tuple[str, str]:
    """The verb of a statement: what of it stands before the matter, and what stands between that and its condition
    ("makes" the talks "conditional on" a truce).
    """
    verb, several = statement.relation.traits.verb, len(statement.parties) > 1
    if statement.polarity is Polarity.negative:
        verb = f"{'do' if several else 'does'} not {plain_form(verb)}"
    elif several:
        verb = plain_form(verb)
    if statement.condition is None:
        return verb, ""
    before, _, last = verb.rpartition(" ")
    return before, f"{last} on"


def matter_in_words(statement: Statement) -> str:
    """The object as a reader would say it, with the figure of a claim and the content of an accusation."""
    what = matter_of(statement).label
    if statement.value is not None:
        what = " ".join(filter(None, (statement.bound, f"{statement.value:,.0f}", statement.what)))
    return f"{what} of “{statement.content.label}”" if statement.content else what


def matter_of(statement: Statement) -> LinkedMention:
    """What a statement is about."""
    if statement.object is None:
        raise ValueError(f"{statement.id} has no object")
    return statement.object


def in_short(statement: Statement) -> str:
    """A statement in a few words: who, what, and whether it was done."""
    who = ", ".join(party.label for party in statement.parties)
    held = f"({statement.modality})" if statement.modality is not Modality.actual else ""
    matter = statement.object.label if statement.object else ""
    before, between = verb_around(statement)
    condition = f"{between} {statement.condition.label}" if statement.condition else ""
    return " ".join(filter(None, (who, held, before, matter, condition)))
