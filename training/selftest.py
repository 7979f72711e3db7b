"""``python -m training selftest``: whether network, fitting and export hold together, in a minute and on two texts.

The test suite has no torch, so this is run by hand after a change to ``network``, ``fit``, ``reader`` or ``export``.
It says nothing about how well a network reads: that is what the model card measures.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from kgraph.extract.trained.encoding import padded
from kgraph.extract.trained.model import Model
from kgraph.model.statement import Span
from training.batches import Recipe, batches
from training.export import export, write_onnx
from training.fit import fit, loss_of
from training.items import Item
from training.network import Network
from training.reader import base_folder, items_of
from training.texts import all_texts

_TEXTS = 2
# One step for each kind of item; dropout stays on, as in a whole fit.
_ONE_STEP = Recipe(epochs=1, batch=1000, empty_sentences=1.0)
_EPOCHS = 4
# ONNX computes what torch computes but for rounding; 8-bit weights keep the order of the scores.
_SAME, _ALIKE = 1e-3, 0.98


def selftest(options: argparse.Namespace) -> None:
    """Print each check with its figures; exit 1 where one does not hold."""
    torch.set_num_threads(options.threads)
    base = options.base or base_folder()
    triggers, parts = items_of(all_texts()[:_TEXTS], base, seed=0)
    failed = [name for name, figures, holds in _checks(triggers, parts, base) if not _told(name, figures, holds)]
    if failed:
        raise SystemExit(f"does not hold: {', '.join(failed)}")


def _told(name: str, figures: str, holds: bool) -> bool:
    print(f"{'holds' if holds else 'FAILS'}  {name}: {figures}", file=sys.stderr)
    return holds


def _checks(triggers: list[Item], parts: list[Item], base: Path) -> Iterator[tuple[str, str, bool]]:
    untrained, once, again = Network(base).eval(), *(fit(triggers, parts, base, _ONE_STEP) for _ in range(2))
    yield "a fit can be repeated", "largest difference of a weight 0", _same_weights(once, again)
    moved = _moved(untrained, once)
    frozen = {name for name in moved if name.startswith(("encoder.embeddings", "encoder.encoder.layer.0."))}
    yield "frozen layers stay", f"{len(frozen)} weights", bool(frozen) and not any(moved[name] for name in frozen)
    heads = {name for name in moved if not name.startswith("encoder.")}
    yield "heads move", f"{len(heads)} weights", bool(heads) and all(moved[name] for name in heads)
    fitted = fit(triggers, parts, base, replace(_ONE_STEP, epochs=_EPOCHS))
    before, after = (_loss(network, triggers, parts) for network in (untrained, fitted))
    yield "what is learnt is learnt", f"loss {before:.3f} before, {after:.3f} after", after < 0.8 * before
    with tempfile.TemporaryDirectory() as folder:
        yield from _export_checks(fitted, base, triggers, Path(folder))


def _export_checks(network: Network, base: Path, items: list[Item], folder: Path) -> Iterator[tuple[str, str, bool]]:
    write_onnx(network, folder / "whole.onnx")
    export(network, base, folder, {"trigger_threshold": 0.0})
    # Batches of other sizes and lengths than the example that the graph was traced with.
    for size in (1, 3):
        inputs = padded([item.window for item in items[:size]])
        wanted = _logits(network, inputs)
        shape = "×".join(map(str, wanted[0].shape))
        off = max(float(np.abs(a - b).max()) for a, b in zip(wanted, _run(folder / "whole.onnx", inputs), strict=True))
        yield f"ONNX computes what torch does ({shape})", f"largest difference {off:.1e}", off < _SAME
        alike = min(
            float(np.corrcoef(a.ravel(), b.ravel())[0, 1])
            for a, b in zip(wanted[:2], _run(folder / "reader.onnx", inputs)[:2], strict=True)
        )
        yield f"8-bit weights score alike ({shape})", f"least correlation {alike:.3f}", alike > _ALIKE
    text = "Peru rejected the plan."
    found = Model(folder).read(text, [Span(0, len(text))])
    yield "the reader loads what was written", f"{len(found)} triggers above a threshold of 0", bool(found)


def _same_weights(one: Network, other: Network) -> bool:
    return not any(_moved(one, other).values())


def _moved(one: Network, other: Network) -> dict[str, bool]:
    """Whether each of the weights differs between two networks."""
    beside = dict(other.named_parameters())
    return {name: not torch.equal(weight, beside[name]) for name, weight in one.named_parameters()}


@torch.no_grad()
def _loss(network: Network, triggers: list[Item], parts: list[Item]) -> float:
    network.eval()
    both = list(batches(triggers, parts, _ONE_STEP, random.Random(0)))
    return sum(loss_of(network, kind, batch, _ONE_STEP).item() for kind, batch in both) / len(both)


@torch.no_grad()
def _logits(network: Network, inputs: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
    return [output.numpy() for output in network.eval()(**{k: torch.from_numpy(v) for k, v in inputs.items()})]


def _run(path: Path, inputs: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    outputs: list[NDArray[np.float32]] = session.run(None, inputs)
    return outputs
