"""The reader that works by rules, sentence by sentence: conditions, moves, meetings and figures."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.extract.reading import Reading
from kgraph.extract.rules import conditions, figures, meetings, moves
from kgraph.model.statement import Abstention, ReadStatement


class RulesReader:
    """Reads by the frames of the lexicon over spaCy's parse."""

    name = "rules"
    version = "0.2"
    languages = frozenset(("en",))

    def read(self, reading: Reading) -> Iterator[ReadStatement | Abstention]:
        """See ``Reader.read``."""
        for sentence in reading.doc.sents:
            if sentence.text.strip():
                for stage in (conditions.conditions, moves.moves, meetings.meetings, figures.figures):
                    yield from stage(reading, sentence)
