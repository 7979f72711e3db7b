"""The generated parts of README.md and docs/questions.md.

Starting-point terms, commands, and the questions of the named queries. ``--write`` puts them in place.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph

from kgraph.cli import COMMANDS, command
from kgraph.namespaces import NEG, iri, local_name
from kgraph.rdf.query import named_queries

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, ROOT / "docs" / "questions.md")


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


def questions() -> str:
    """Every named query with its question and the options that narrow it."""
    rows = [
        f"| `{query.name}` | {query.question} | {' '.join(f'`--{name}`' for name in query.parameters)} |"
        for query in named_queries().values()
    ]
    return "\n".join(["| query | answers | narrowed by |", "| --- | --- | --- |", *rows])


def filled(text: str) -> str:
    """The text of a page with its generated parts made anew."""
    for name, part in (("terms", terms()), ("commands", commands()), ("questions", questions())):
        text = re.sub(
            rf"(<!-- {name} -->).*?(<!-- /{name} -->)",
            lambda m, part=part: f"{m.group(1)}\n{part}\n{m.group(2)}",
            text,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__" and "--write" in sys.argv:
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
