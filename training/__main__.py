"""``python -m training fit`` fits the trained reader and writes its weights; ``calibrate`` fits the confidence of all
readers; ``selftest`` says whether network, fitting and export hold together.

All are repeatable from a seed on the same kind of machine. ``make train`` runs them with the settings of the model
card. The first and the last need the ``train`` extra.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from kgraph.extract.trained.model import WEIGHTS

# What each command runs: torch is imported by those that need it.
COMMANDS = {
    "fit": "training.reader:fit_reader",
    "calibrate": "training.calibrate:calibrate",
    "selftest": "training.selftest:selftest",
}


def arguments() -> argparse.ArgumentParser:
    """The commands with their options."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
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
    checking = commands.add_parser("selftest", help="fit two texts a step, export them, and compare torch with ONNX")
    checking.add_argument("--base", type=Path, help="a folder with the encoder's own weights")
    checking.add_argument("--threads", type=int, default=2)
    return parser


def main(given: list[str] | None = None) -> None:
    """Run a command of the command line."""
    chosen = arguments().parse_args(given)
    module, name = COMMANDS[chosen.command].split(":")
    getattr(import_module(module), name)(chosen)


if __name__ == "__main__":
    main()
