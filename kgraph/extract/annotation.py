"""How an annotated text names places: by words, and the number of the sentence in or beside which they stand.

The texts that the trained reader is fitted to have this form, and so has what ``kgraph distill`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.trained.labels import Part

# By which letters a record names the words of each part.
PARTS = {
    "a": Part.actor,
    "o": Part.object,
    "c": Part.condition,
    "n": Part.content,
    "p": Part.participant,
    "pl": Part.place,
    "s": Part.speaker,
    "v": Part.value,
    "w": Part.counted,
}
LETTERS = {part: letters for letters, part in PARTS.items()}
# Where words of a sentence's record may stand: there, else in a neighbour, the nearest one before first.
NEIGHBOURS = (0, -1, 1, -2, -3)


def place(words: str, sentence: int, sentences: Sequence[str]) -> tuple[int, int] | None:
    """Sentence (from 0) and character of words: their first occurrence in ``sentence`` (from 0), else in a neighbour.

    Occurrences as whole words go before parts of words: "it" stands in "authority", but is not meant there. None where
    the words stand in none of the sentences.
    """
    for step in NEIGHBOURS:
        at = sentence + step
        if 0 <= at < len(sentences) and words in sentences[at]:
            whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentences[at])
            return at, whole.start() if whole is not None else sentences[at].index(words)
    return None
