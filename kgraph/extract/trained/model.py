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
        """Every trigger of a text above the threshold, in text order, with its parts and factuality.

        What is found in a sentence does not depend on which other sentences are read with it.
        """
        pieces = self.encoding.pieces(text)
        found = [trigger for sentence in sentences for trigger in self._triggers(pieces, sentence)]
        return [self._prediction(pieces, text, trigger) for trigger in found]

    def _triggers(self, pieces: Pieces, sentence: Span) -> Iterator[Trigger]:
        for window in self.encoding.trigger_windows(pieces, sentence):
            scores, _, _ = self._run(window)
            yield from triggers(probabilities(scores), window, pieces, sentence, self.settings.trigger_threshold)

    def _prediction(self, pieces: Pieces, text: str, trigger: Trigger) -> Prediction:
        window = self.encoding.part_window(pieces, text, trigger.sentence, trigger.relation, trigger.span)
        _, parts, factuality = self._run(window)
        return prediction(trigger, probabilities(parts), shares(factuality), window, pieces)

    def _run(self, window: Window) -> tuple[Logits, Logits, Logits]:
        """Logits of the three heads for a window's text.

        One window at a time: in a batch the scales of the integers, and so the scores, would depend on the other
        windows, and what pads the shorter ones costs more than the larger products save.
        """
        scores, parts, factuality = self._session.run(None, padded([window]))
        rows = slice(window.offset, window.offset + window.count)
        return scores[0, rows], parts[0, rows], factuality[0]
