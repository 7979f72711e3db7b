"""What every reader's statement gets in the same way, once its trigger, parties and matter are known.

Who vouches for it, and when.
"""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import temporal
from kgraph.extract.quotations import spoken_for
from kgraph.extract.reading import Actor, Reading
from kgraph.model.statement import Dating
from kgraph.vocabulary import Modality, Relation, Voice


def voice_of(chain: list[Actor], actor: Actor | None) -> Voice:
    """Who vouches for a move that is told through a chain of speakers, outermost first."""
    if not chain:
        return Voice.document
    return Voice.self if actor is not None and chain[-1].party == actor.party else Voice.other


def dating_of(
    reading: Reading,
    relation: Relation,
    trigger: Token,
    modality: Modality,
    chain: list[Actor],
    actor: Actor | None,
) -> tuple[Dating, str | None]:
    """When a move took place, and when it was said (EDTF).

    A move without a date of its own takes the date of the occasion that the text records, or of the utterance that
    makes it: its party's own, or that of somebody who speaks for the party and does not tell what was before.
    """
    dating, voice = temporal.date_of(reading, trigger, modality), voice_of(chain, actor)
    said = temporal.reported_on(reading, trigger)
    said_on = said.edtf if chain else None
    if dating.edtf is not None:
        return dating, said_on
    if said.edtf is None:
        if modality == Modality.actual and voice != Voice.other:
            occasion = temporal.by_occasion(reading, trigger)
            dating = occasion if occasion.edtf else dating
        return dating, said_on
    made_by_saying = not chain or voice == Voice.self or _is_made_by(reading, chain[-1], actor, trigger)
    if made_by_saying and modality != Modality.possible and relation != Relation.meets:
        return said, said_on
    return dating, said_on


def _is_made_by(reading: Reading, speaker: Actor, actor: Actor | None, trigger: Token) -> bool:
    """Whether a party's own speaker makes its move by saying it, and does not tell what was done before."""
    own = actor is not None and spoken_for(reading, speaker) == actor.party
    return own and not temporal.is_perfect(trigger)
