"""What a reader is: a guest that reads statements out of a text; everything around it is shared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kgraph.extract.reading import Reading
from kgraph.model.statement import Abstention, ReadStatement


class Reader(Protocol):
    """One way of reading statements out of a text.

    ``name`` is what ``--reader`` and ``neg:readBy`` call it, ``version`` changes when it reads differently,
    ``languages`` are ISO 639-1 codes of the languages that it reads.
    """

    name: str
    version: str
    languages: frozenset[str]

    def read(self, reading: Reading) -> Iterator[ReadStatement | Abstention]:
        """The statements of one document, in any order, and the clauses that were seen but not decided.

        Speakers, dates, polarity and antecedents come from the shared services (``attribution``, ``temporal``,
        ``scope``, ``reference``), so that every reader's statements have them in the same way.
        """
