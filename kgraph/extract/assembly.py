"""What every reader's statement gets in the same way, once its trigger, parties and matter are known.

Who vouches for it, and when.
"""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses, occasion, temporal, tense
from kgraph.extract.affiliation import spoken_for
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.speakers import sayers
from kgraph.model.statement import Dating
from kgraph.vocabulary import Modality, Relation, Voice

# What a party does by insisting on it, so that "she insisted that they must …" reports nothing else.
_MADE_BY_INSISTING = (Relation.callsFor, Relation.conditionsOn)
# What is done before it is told of in the perfect, and not taken up by telling of it.
_DONE_ONCE = (Relation.callsFor, Relation.proposes)


def speakers_of(
    reading: Reading, relation: Relation, trigger: Token, chain: list[Actor], actor: Actor | None
) -> list[Actor]:
    """Those of a chain of sources through whom the text has a move, outermost first.

    A party that insists, stresses or warns makes its demand by that verb, and the text tells it itself, unless it
    quotes the demand.
    """
    own = voice_of(chain, actor) == Voice.self and reading.quotation_at(trigger) is None
    insists = own and relation in _MADE_BY_INSISTING and _insists(reading, trigger, chain[-1])
    return chain[:-1] if insists else chain


def _insists(reading: Reading, trigger: Token, speaker: Actor) -> bool:
    verbs = (t for t in trigger.ancestors if reading.is_lemma("self-reporting-verb", t))
    return any(speaker.party == a.party for verb in verbs for a in sayers(reading, verb))


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
    makes it: its party's own, or that of somebody who speaks for the party and does not tell what was before. A refusal
    is made by saying it, whatever the day of what is refused ("said on Monday that it would not attend on Friday").
    """
    dating, voice = temporal.date_of(reading, trigger, modality), voice_of(chain, actor)
    said = temporal.reported_on(reading, trigger)
    said_on = said.edtf if chain else None
    made_by_saying = voice != Voice.other or _is_made_by(reading, chain[-1], actor, trigger)
    refused_by_saying = said_on is not None and relation == Relation.rejects and made_by_saying
    if dating.edtf is not None and not refused_by_saying:
        return dating, said_on
    if said.edtf is None:
        own_deed = modality == Modality.actual and voice != Voice.other
        recorded = occasion.by_occasion(reading, trigger) if own_deed else dating
        return recorded if recorded.edtf else dating, said_on
    made = made_by_saying and modality != Modality.possible and relation != Relation.meets
    return said if made and not _is_spoken_of(reading, relation, trigger, voice) else dating, said_on


def _is_spoken_of(reading: Reading, relation: Relation, trigger: Token, voice: Voice) -> bool:
    """Whether who speaks only tells of a move: another's offer, or what was asked before ("said it had asked")."""
    of_another = voice == Voice.document and clauses.is_nominal(trigger) and tense.is_background(reading, trigger)
    return of_another or relation in _DONE_ONCE and tense.is_perfect(trigger)


def _is_made_by(reading: Reading, speaker: Actor, actor: Actor | None, trigger: Token) -> bool:
    """Whether a party's own speaker makes its move by saying it, and does not tell what was done before."""
    own = actor is not None and spoken_for(reading, speaker) == actor.party
    return own and not tense.is_perfect(trigger)
