"""Writes ``vocabulary.py`` from ``ontology/terms.ttl``: ``python -m kgraph.vocabulary_source``."""

from __future__ import annotations

from pathlib import Path

from kgraph.knowledge import shipped_folder
from kgraph.namespaces import NEG, iri, local_name

_HEAD = '''"""The terms of the ontology as a closed class, so that a typo raises. Generated from ontology/terms.ttl; do not edit.

Regenerate with ``python -m kgraph.vocabulary_source``.
"""

from __future__ import annotations

from typing import NoReturn


class _Closed(type):
    def __getattr__(cls, name: str) -> NoReturn:
        raise AttributeError(f"the ontology has no term neg:{name}")


class Term(metaclass=_Closed):
    """IRIs of the ontology's terms by local name."""

'''


def vocabulary() -> str:
    """The text of the module, from the shipped terms."""
    import pyoxigraph

    definitions: dict[str, str] = {}
    for triple in pyoxigraph.parse(path=str(shipped_folder() / "terms.ttl")):
        subject = str(getattr(triple.subject, "value", ""))
        if subject.startswith(NEG) and triple.predicate.value == iri("skos:definition"):
            definitions[local_name(subject)] = str(getattr(triple.object, "value", ""))
    lines = [f'    {_safe(name)} = "{NEG}{name}"\n    """{definitions[name]}"""' for name in sorted(definitions)]
    return _HEAD + "\n".join(lines) + "\n"


def _safe(name: str) -> str:
    return name + "_" if name == "from" else name


if __name__ == "__main__":
    Path(__file__).with_name("vocabulary.py").write_text(vocabulary(), encoding="utf-8")
