"""A text as the encoder sees it.

Word pieces with their characters, and the windows of them that the two passes look at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kgraph.extract.trained.labels import prompt
from kgraph.model.statement import Span
from kgraph.vocabulary import Relation

# In word pieces: how much of a sentence is read at once, and how much text before it the second pass sees.
LONGEST_SENTENCE = 180
CONTEXT_FOR_PARTS = 16
LONGEST_PROMPT = 24


@dataclass(frozen=True)
class Pieces:
    """The word pieces of a text: their numbers in the vocabulary and their characters."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def inside(self, span: Span) -> tuple[int, int]:
        """The range of pieces that begin within some characters."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)


@dataclass(frozen=True)
class Window:
    """One input of the encoder.

    ``ids`` and ``types`` are what the encoder gets; position ``offset + n`` holds piece ``first + n`` of the text, for
    ``count`` pieces.
    """

    ids: list[int]
    types: list[int]
    offset: int
    first: int
    count: int


def padded(windows: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    """The inputs of a batch: ids, types and mask, each of the shape (windows, longest), padded with zeros."""
    shape = len(windows), max(len(w.ids) for w in windows)
    found = {name: np.zeros(shape, dtype=np.int64) for name in ("ids", "types", "mask")}
    for row, window in enumerate(windows):
        found["ids"][row, : len(window.ids)] = window.ids
        found["types"][row, : len(window.types)] = window.types
        found["mask"][row, : len(window.ids)] = 1
    return found


class Encoding:
    """Cuts texts into word pieces and these into windows."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start, self._end = self._tokenizer.encode("", add_special_tokens=True).ids
        self._prompts: dict[str, list[int]] = {}

    def pieces(self, text: str) -> Pieces:
        """The word pieces of a text."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return Pieces(found.ids, [start for start, _ in found.offsets], [end for _, end in found.offsets])

    def trigger_windows(self, pieces: Pieces, sentence: Span) -> list[Window]:
        """The windows in which the first pass looks for triggers.

        The sentence alone, in parts where it is very long: what words evoke in it, the text before it hardly changes.
        """
        first, end = pieces.inside(sentence)
        windows = []
        for start in range(first, end, LONGEST_SENTENCE):
            stop = min(end, start + LONGEST_SENTENCE)
            ids = [self._start, self._end, *pieces.ids[start:stop], self._end]
            windows.append(Window(ids, [0, 0] + [1] * (stop - start + 1), 2, start, stop - start))
        return windows

    def part_window(self, pieces: Pieces, text: str, sentence: Span, relation: Relation, trigger: Span) -> Window:
        """The window in which the second pass looks for a trigger's parts.

        Relation and trigger, then sentence and text before.
        """
        first, end = pieces.inside(sentence)
        at, _ = pieces.inside(trigger)
        start = first if end - first <= LONGEST_SENTENCE else max(first, at - LONGEST_SENTENCE // 2)
        stop = min(end, start + LONGEST_SENTENCE)
        start = max(0, start - CONTEXT_FOR_PARTS)
        words = self._prompt(f"{prompt(relation)}: {text[trigger.start : trigger.end]}")
        marks = [int(pieces.starts[n] < trigger.end and trigger.start < pieces.ends[n]) for n in range(start, stop)]
        ids = [self._start, *words, self._end, *pieces.ids[start:stop], self._end]
        types = [0] * (len(words) + 2) + marks + [0]
        return Window(ids, types, len(words) + 2, start, stop - start)

    def _prompt(self, words: str) -> list[int]:
        if words not in self._prompts:
            self._prompts[words] = self._tokenizer.encode(words, add_special_tokens=False).ids[:LONGEST_PROMPT]
        return self._prompts[words]
