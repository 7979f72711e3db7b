"""What the extractor reads out of a document, as inert values.

Spans are half-open ``[start, end)`` offsets, in Python string characters, into ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = (
    "proposes",
    "agreesTo",
    "rejects",
    "callsFor",
    "conditionsOn",
    "supports",
    "meets",
    "mediates",
    "signs",
    "withdrawsFrom",
    "violates",
    "threatens",
    "accuses",
    "enacts",
    "prohibits",
    "claims",
)
ACTOR_TYPES = ("Person", "State", "Organization", "Group")
MATTER_TYPES = ("Plan", "Agreement", "LegalAct", "Measure")


@dataclass(frozen=True)
class Span:
    """Characters ``[start, end)`` of a document's text."""

    start: int
    end: int


@dataclass(frozen=True)
class Mention:
    """Words of the text that stand for a thing.

    ``name`` is the fullest wording that the document (or the actors file) has for the thing, ``type`` a class of the ontology,
    ``known`` the IRI of a known actor, ``key`` what identifies the thing within its document (mentions of equal type and
    key are one thing), ``entity`` its IRI once resolved, ``antecedent`` the words that a pronoun or a description stands for, ``certainty``
    (0 to 1) how sure that link is.
    """

    span: Span
    text: str
    name: str
    type: str
    known: str | None = None
    antecedent: Span | None = None
    certainty: float = 1.0
    key: str = ""
    entity: str | None = None


@dataclass(frozen=True)
class Dating:
    """When something took place, no more precise than the text.

    ``edtf`` is an Extended Date/Time Format string or None; ``earliest`` and ``latest`` are ISO days that bound it;
    ``source`` says how it was found: explicit, relative or context; ``derivation`` says it in words.
    """

    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    source: str | None = None
    derivation: str | None = None
    expression: Span | None = None


@dataclass(frozen=True)
class Statement:
    """One negotiation move that a text reports (the record of the public JSON Lines format)."""

    document: str
    relation: str
    span: Span
    quote: str
    trigger: Span
    actor: Mention | None = None
    object: Mention | None = None
    condition: Mention | None = None
    content: Mention | None = None
    participants: tuple[Mention, ...] = ()
    place: Mention | None = None
    value: float | None = None
    bound: str | None = None
    what: str | None = None
    speakers: tuple[Mention, ...] = ()
    voice: str = "document"
    polarity: str = "positive"
    modality: str = "actual"
    dating: Dating = Dating()
    said_on: str | None = None
    confidence: float = 0.5
    id: str | None = None

    def roles(self) -> dict[str, tuple[Mention, ...]]:
        """Every mention of the statement by role, in a fixed order."""
        single = {
            "actor": self.actor,
            "object": self.object,
            "condition": self.condition,
            "content": self.content,
            "place": self.place,
        }
        found: dict[str, tuple[Mention, ...]] = {
            role: (mention,) for role, mention in single.items() if mention is not None
        }
        if self.participants:
            found["participant"] = self.participants
        if self.speakers:
            found["speaker"] = self.speakers
        return found


@dataclass(frozen=True)
class Abstention:
    """A clause that evokes a relation but was not decided, with the reason."""

    document: str
    relation: str
    span: Span
    quote: str
    reason: str


@dataclass(frozen=True)
class Extraction:
    """Everything that was read out of one document; ``context`` bounds when an undated document was written."""

    document: str
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    abstentions: tuple[Abstention, ...]
    context: Dating = Dating()
