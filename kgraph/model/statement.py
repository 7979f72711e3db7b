"""What is read out of documents, as inert values: spans, mentions, dates and statements, before and after linking.

Spans are half-open ``[start, end)`` offsets, in Python string characters, into ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from kgraph.vocabulary import DateSource, EntityType, Modality, Polarity, Relation, Role, Voice

ACTOR_TYPES = frozenset((EntityType.Person, EntityType.State, EntityType.Organization, EntityType.Group))
MATTER_TYPES = frozenset((EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Measure))
# So many words has the name of a matter at most, where its wording has a part that can stand alone.
MAX_NAME_WORDS = 8
# What ends a name that shows the first words of a longer wording.
BROKEN_OFF = "…"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of a document's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """Words of the text that stand for a thing, as a reader read them.

    ``name`` is the fullest wording that the document (or the actors file) has for the thing, ``known`` the IRI of a
    known actor, ``key`` what identifies the thing within its document (mentions of equal type and key are one thing),
    ``antecedent`` the words that a pronoun or a description stands for, ``certainty`` (0 to 1) how sure that link is;
    ``translation`` is what a model gives for words of another language in English; ``short_name`` is what is left of a
    long name where the parse lets it end.
    """

    span: Span
    text: str
    name: str
    type: EntityType
    known: str | None = None
    antecedent: Span | None = None
    certainty: float = 1.0
    key: str = ""
    translation: str | None = None
    short_name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedMention:
    """Words of the text that stand for an entity of the graph: its IRI, what it is called everywhere, and its type."""

    span: Span
    text: str
    entity: str
    label: str
    type: EntityType
    antecedent: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dating:
    """When something took place, no more precise than the text.

    ``edtf`` is an Extended Date/Time Format string or None; ``earliest`` and ``latest`` are ISO days that bound it;
    ``source`` says how it was found; ``derivation`` says it in words, ``expression`` is where the text gives it.
    """

    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    source: DateSource | None = None
    derivation: str | None = None
    expression: Span | None = None


M = TypeVar("M", Mention, LinkedMention)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Move(Generic[M]):
    """What a statement says, whatever is known yet of the things that its mentions stand for.

    ``speakers`` go from the outermost to the innermost ("Roe said the king had told him …": Roe, the king); ``value``,
    ``bound`` and ``what`` belong to a figure that is claimed; ``said_on`` is the EDTF date of the utterance,
    ``reported_on`` the ISO day on which its part of the document was published, ``page`` the printed page on which it
    begins (from 1, None where the document has no pages); ``confidence`` (0 to 1) is how often a statement read like
    this one is right; ``read_by`` names the readers that read it.
    """

    document: str
    relation: Relation
    span: Span
    quote: str
    trigger: Span
    actor: M | None = None
    object: M | None = None
    condition: M | None = None
    content: M | None = None
    participants: tuple[M, ...] = ()
    place: M | None = None
    value: float | None = None
    bound: str | None = None
    what: str | None = None
    speakers: tuple[M, ...] = ()
    voice: Voice = Voice.document
    polarity: Polarity = Polarity.positive
    modality: Modality = Modality.actual
    dating: Dating = Dating()
    said_on: str | None = None
    reported_on: str | None = None
    page: int | None = None
    confidence: float = 0.5
    read_by: tuple[str, ...] = ()

    @property
    def makers(self) -> tuple[M, ...]:
        """Who makes the move, or meets."""
        return (*((self.actor,) if self.actor is not None else ()), *self.participants)

    def roles(self) -> dict[Role, tuple[M, ...]]:
        """Every mention of the statement by role, in a fixed order; roles without one are left out."""
        single = {
            Role.actor: self.actor,
            Role.object: self.object,
            Role.condition: self.condition,
            Role.content: self.content,
            Role.place: self.place,
        }
        found: dict[Role, tuple[M, ...]] = {role: (mention,) for role, mention in single.items() if mention is not None}
        if self.participants:
            found[Role.participant] = self.participants
        if self.speakers:
            found[Role.speaker] = self.speakers
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadStatement(_Move[Mention]):
    """One negotiation move that a text reports, as a reader read it; nothing is known yet beyond its document.

    ``signals`` are what a reader knows of how sure this reading is, by name: numbers of about -1 to 1.
    """

    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement(_Move[LinkedMention]):
    """One negotiation move that a text reports: what is between the reader and every page, query and export.

    ``id`` is its IRI, ``publisher`` the IRI of who published it; ``negotiation`` the IRI of the process that its
    document belongs to, or tells of there; ``move`` is the IRI of the move that this and other statements report, the
    statement's own where it stands alone.
    """

    id: str
    publisher: str = ""
    negotiation: str | None = None
    move: str = ""

    @property
    def parties(self) -> tuple[LinkedMention, ...]:
        """Who makes the move: the participants of a meeting, else the actor."""
        return self.participants or ((self.actor,) if self.actor is not None else ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Abstention:
    """A clause that evokes a relation but was not decided, with the reason.

    None where a reader cannot tell which one.
    """

    document: str
    relation: Relation | None
    span: Span
    quote: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Extraction:
    """Everything that was read out of one document; ``context`` bounds when an undated document was written."""

    document: str
    statements: tuple[ReadStatement, ...]
    mentions: tuple[Mention, ...]
    abstentions: tuple[Abstention, ...] = ()
    context: Dating = Dating()


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedExtraction:
    """An extraction whose mentions are linked to the entities of the graph."""

    document: str
    statements: tuple[Statement, ...]
    mentions: tuple[LinkedMention, ...]
    abstentions: tuple[Abstention, ...] = ()
    context: Dating = Dating()
