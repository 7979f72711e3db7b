"""The fitted network, run by onnxruntime on one thread.

The same input gives the same scores on the same kind of machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kgraph.extract.trained.decoding import Prediction, Trigger, prediction, probabilities, shares, triggers
from kgraph.extract.trained.encoding import Encoding, Pieces, Window, padded
from kgraph.model.statement import Span

WEIGHTS = Path(__file__).parent / "weights"
BATCH = 16
Logits = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """What was fitted beside the weights: scores (0 to 1) below which a trigger is not taken up."""

    trigger_threshold: float


class Model:
    """Finds triggers in sentences, and the parts and the factuality of each."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder
        self.encoding = Encoding(folder / "tokenizer.json")
        self.settings = Settings(**json.loads((folder / "settings.json").read_text(encoding="utf-8")))

    @cached_property
    def _session(self) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            str(self._folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def read(self, text: str, sentences: Sequence[Span]) -> list[Prediction]:
        """Every trigger of a text above the threshold, in text order, with its parts and factuality."""
        pieces = self.encoding.pieces(text)
        found = list(self._triggers(pieces, sentences))
        windows = [self.encoding.part_window(pieces, text, t.sentence, t.relation, t.span) for t in found]
        return [
            prediction(trigger, probabilities(parts), shares(factuality), window, pieces)
            for trigger, window, (_, parts, factuality) in zip(found, windows, self._run(windows), strict=True)
        ]

    def _triggers(self, pieces: Pieces, sentences: Sequence[Span]) -> Iterator[Trigger]:
        windows = [(s, window) for s in sentences for window in self.encoding.trigger_windows(pieces, s)]
        outputs = self._run([window for _, window in windows])
        for (sentence, window), (scores, _, _) in zip(windows, outputs, strict=True):
            yield from triggers(probabilities(scores), window, pieces, sentence, self.settings.trigger_threshold)

    def _run(self, windows: Sequence[Window]) -> list[tuple[Logits, Logits, Logits]]:
        """Logits of the three heads for each window's text; windows of about one length share a batch."""
        found: list[tuple[Logits, Logits, Logits] | None] = [None] * len(windows)
        order = sorted(range(len(windows)), key=lambda n: (len(windows[n].ids), n))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            scores, parts, factuality = self._session.run(None, padded([windows[n] for n in batch]))
            for row, n in enumerate(batch):
                rows = slice(windows[n].offset, windows[n].offset + windows[n].count)
                found[n] = scores[row, rows], parts[row, rows], factuality[row]
        return [each for each in found if each is not None]
