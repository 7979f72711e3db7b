"""The reader that learned, as a guest beside the others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kgraph.extract.reading import Reading
from kgraph.extract.trained.assemble import statements
from kgraph.extract.trained.model import Model
from kgraph.model.statement import Abstention, ReadStatement, Span

# Loading the weights takes longer than reading a short text: once a process.
_shipped = cache(Model)


class TrainedReader:
    """Reads by a fitted encoder; see docs/trained-reader.md."""

    name = "trained"
    version = "0.2"
    languages = frozenset(("en",))

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or _shipped()

    def read(self, reading: Reading) -> Iterator[ReadStatement | Abstention]:
        """See ``Reader.read``."""
        sentences = [Span(s.start_char, s.end_char) for s in reading.doc.sents if s.text.strip()]
        for prediction in self._model.read(reading.doc.text, sentences):
            yield from statements(reading, prediction)
