"""How mentions came to stand for one thing: links with their manner and score, and pairs that a person is to decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Manner(StrEnum):
    """How a link was made."""

    same_name = "same name"
    in_document = "named the same in one document"
    in_negotiation = "named the same in one negotiation"
    judged = "judged"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A thing of one document that stands for an entity which others name, too; ``score`` (0 to 1) says how sure that
    is.
    """

    entity: str
    document: str
    wording: str
    manner: Manner
    score: float


@dataclass(frozen=True, kw_only=True)
class NearLink:
    """Two entities that may be one: too little in the texts says so, a person is to decide. ``score`` is from 0 to
    1.
    """

    one: str
    other: str
    score: float
