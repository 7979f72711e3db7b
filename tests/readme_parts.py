"""The generated parts of README.md.

The table of starting-point terms and the list of commands. ``--write`` puts them in place.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph

from kgraph.cli import COMMANDS, command
from kgraph.namespaces import NEG, iri, local_name

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def terms() -> str:
    """Terms marked neg:startHere with their definition and example."""
    found: dict[str, dict[str, str]] = {}
    for triple in pyoxigraph.parse(path=str(ROOT / "ontology" / "terms.ttl")):
        found.setdefault(str(triple.subject.value), {})[triple.predicate.value] = str(
            getattr(triple.object, "value", "")
        )
    rows = [
        f"| `neg:{local_name(s)}` | {p[iri('skos:definition')]} | {p[iri('skos:example')]} |"
        for s, p in sorted(found.items())
        if p.get(NEG + "startHere") == "true"
    ]
    return "\n".join(["| term | means | example |", "| --- | --- | --- |", *rows])


def commands() -> str:
    """Every command with the first line of its help."""
    rows = [f"| `kgraph {name}` | {command(name).get_short_help_str(200)} |" for name in sorted(COMMANDS)]
    return "\n".join(["| command | does |", "| --- | --- |", *rows])


def filled(text: str) -> str:
    """README text with its generated parts made anew."""
    for name, part in (("terms", terms()), ("commands", commands())):
        text = re.sub(
            rf"(<!-- {name} -->).*?(<!-- /{name} -->)",
            lambda m, part=part: f"{m.group(1)}\n{part}\n{m.group(2)}",
            text,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__" and "--write" in sys.argv:
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
