"""Bounds of the time of a move without a date: when its text was published, and who held which office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgraph.extract.reading import Reading
from kgraph.knowledge import KnownActor
from kgraph.model import dates
from kgraph.model.statement import Dating
from kgraph.vocabulary import DateSource, Modality, Polarity

# The tokens before a name among which its office stands.
_LONGEST_OFFICE = 3


def with_context(
    dating: Dating, modality: Modality, polarity: Polarity, context: Dating, published: str | None
) -> Dating:
    """Bounds that the context gives to a move without a date.

    It was not reported before it happened (``published`` is the day of its part of the text), and offices named in the
    document limit when the document can have been written.
    """
    done = modality == Modality.actual and polarity == Polarity.positive
    if dating.edtf is not None or not (published or context.latest):
        return dating
    if published:
        note = f"reported as done in a text published on {published}"
        return _bounded(dating, None, published, note) if done else dating
    if dating.derivation:
        return _bounded(dating, context.earliest, context.latest, context.derivation)
    note = f"reported as done in an undated text; {context.derivation}"
    return _bounded(dating, None, context.latest, note) if done else dating


def _bounded(dating: Dating, earliest: str | None, latest: str | None, note: str | None) -> Dating:
    derivation = "; ".join(filter(None, (dating.derivation, note)))
    return replace(dating, earliest=earliest, latest=latest, source=DateSource.context, derivation=derivation)


@dataclass(frozen=True)
class _Held:
    """An office that the text calls a known actor by: since when, until when, and a note."""

    since: str
    until: str | None
    note: str


def context_of(reading: Reading) -> Dating:
    """Bounds of the time of writing from the offices that the document gives to known actors."""
    held = list(_offices_named(reading))
    earliest = max((office.since for office in held), default="")
    latest = min((office.until for office in held if office.until), default=None)
    # Offices that were never held at one time tell of no time of writing.
    if not held or latest is not None and earliest > latest:
        return Dating()
    unresolved = _unresolved(reading) if reading.document.published is None else []
    derivation = "; ".join(dict.fromkeys((*unresolved, *(office.note for office in held))))
    return Dating(earliest=earliest, latest=latest, source=DateSource.context, derivation=derivation)


def _offices_named(reading: Reading) -> Iterator[_Held]:
    for naming in reading.cast.namings:
        actor = reading.knowledge.actors.get(naming.party.known or "")
        if actor is not None and actor.offices:
            before = reading.doc[max(0, naming.start - _LONGEST_OFFICE) : naming.start].text.lower()
            yield from _offices_of(actor, before)


def _offices_of(actor: KnownActor, before: str) -> Iterator[_Held]:
    """The offices of an actor whose title ends the words before the name, but for those that were held twice."""
    titles = [office.title for office in actor.offices]
    for office in actor.offices:
        if before.endswith(office.title) and titles.count(office.title) == 1:
            until = office.until or "today"
            note = f"{actor.label} held the office “{office.title}” from {office.since} to {until}"
            yield _Held(office.since, office.until, note)


def _unresolved(reading: Reading) -> list[str]:
    """That the dates of an undated text need a day to count from."""
    text = reading.text
    unknown = [e.text(text) for e in dates.find_expressions(text) if dates.resolve(e, "", None).edtf is None]
    return [f"“{wording}” could not be resolved" for wording in unknown]
