"""What a reader is: a guest that reads statements out of a text; everything around it is shared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kgraph.model.document import Document
from kgraph.model.statement import Abstention, ReadStatement

if TYPE_CHECKING:
    from kgraph.extract.reading import Reading

# What a reader of any language gives as its languages (ISO 639-2 for "multiple").
ANY_LANGUAGE = "mul"


class Reader(Protocol):
    """One way of reading statements out of a text.

    ``name`` is what ``--reader`` and ``neg:readBy`` call it, ``version`` changes when it reads differently,
    ``languages`` are ISO 639-1 codes of the languages that it reads, or ``ANY_LANGUAGE``.
    """

    name: str
    version: str
    languages: frozenset[str]

    def read(self, reading: Reading) -> Iterator[ReadStatement | Abstention]:
        """The statements of one document, in any order, and the clauses that were seen but not decided.

        Speakers, dates, polarity and antecedents come from the shared services (``attribution``, ``temporal``,
        ``scope``, ``reference``), so that every reader's statements have them in the same way.
        """


@runtime_checkable
class DependentReader(Protocol):
    """A reader whose reading depends on more than text, code and knowledge."""

    def basis(self, document: Document) -> str:
        """A digest of what else the reading of a document depends on."""


def reads(reader: Reader, language: str) -> bool:
    """Whether a reader reads texts of a language (ISO 639-1)."""
    return language in reader.languages or ANY_LANGUAGE in reader.languages
