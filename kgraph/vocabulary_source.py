"""Writes ``vocabulary.py`` from ``ontology/terms.ttl``: ``python -m kgraph.vocabulary_source``."""

from __future__ import annotations

from pathlib import Path

from kgraph.knowledge import read_subjects, shipped_folder
from kgraph.namespaces import NEG, iri, local_name

_HEAD = '''"""The terms of the ontology as closed classes, so that a typo raises. Generated from ontology/terms.ttl; do not edit.

Regenerate with ``python -m kgraph.vocabulary_source``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn


class _Closed(type):
    def __getattr__(cls, name: str) -> NoReturn:
        raise AttributeError(f"the ontology has no term neg:{name}")


class Term(metaclass=_Closed):
    """IRIs of the ontology's terms by local name."""

'''
# Enums of the vocabulary: what their members are called in the ontology, less a suffix that only tells the terms apart there.
_VALUES = {
    "Polarity": ("polarity", "", "Whether the text says that a move was made or that it was not."),
    "Modality": ("modality", "", "Whether a move is done, planned, possible or conditional."),
    "Voice": ("voice", "Voice", "Whose voice vouches for a move."),
    "DateSource": ("dateSource", "", "How a date or its bounds were found."),
    "Role": ("role", "Role", "What characters of a document stand for."),
}
Terms = dict[str, dict[str, list[str]]]


def vocabulary() -> str:
    """The text of the module, from the shipped terms."""
    terms = {
        local_name(subject): properties
        for subject, properties in read_subjects([shipped_folder() / "terms.ttl"]).items()
        if subject.startswith(NEG) and iri("skos:definition") in properties
    }
    lines = [f'    {_safe(name)} = "{NEG}{name}"\n    """{_definition(terms, name)}"""' for name in sorted(terms)]
    return _HEAD + "\n".join(lines) + "\n" + "".join(_enums(terms))


def _enums(terms: Terms) -> list[str]:
    relations = [name for name, found in terms.items() if iri("neg:Relation") in found[iri("rdf:type")]]
    found = [_enum("Relation", "The kinds of negotiation moves.", terms, relations, "")]
    for name, (of, suffix, purpose) in _VALUES.items():
        members = [
            term for term, properties in terms.items() if iri(f"neg:{of}") in properties.get(iri("neg:valueOf"), ())
        ]
        found.append(_enum(name, purpose, terms, members, suffix))
    return found + _entity_types(terms)


def _enum(name: str, purpose: str, terms: Terms, members: list[str], suffix: str) -> str:
    lines = [f'\n\nclass {name}(StrEnum):\n    """{purpose}"""\n']
    for member in members:
        short = member.removesuffix(suffix)
        lines.append(f'    {short} = "{short}"\n    """{_definition(terms, member)}"""')
    lines.append(
        "\n    @property\n    def iri(self) -> str:\n"
        f'        """The term\'s IRI."""\n        return f"{NEG}{{self.value}}{suffix}"'
    )
    return "\n".join(lines) + "\n"


def _entity_types(terms: Terms) -> list[str]:
    """Actors, matters and figures, and the one thing for which a standard vocabulary has the term."""
    members = ["Figure"] + [
        term
        for term, found in terms.items()
        if {NEG + "Actor", NEG + "Matter"} & set(found.get(iri("rdfs:subClassOf"), ()))
    ]
    text = _enum("EntityType", "The kinds of things that statements are about.", terms, members, "")
    place = f'    Place = "Place"\n    """Where something takes place ({iri("schema:Place")})."""\n'
    standard = f'        if self is EntityType.Place:\n            return "{iri("schema:Place")}"\n'
    text = text.replace("\n    @property", place + "\n    @property")
    return [text.replace('IRI."""\n', 'IRI."""\n' + standard)]


def _definition(terms: Terms, name: str) -> str:
    return terms[name][iri("skos:definition")][0]


def _safe(name: str) -> str:
    return name + "_" if name == "from" else name


if __name__ == "__main__":
    Path(__file__).with_name("vocabulary.py").write_text(vocabulary(), encoding="utf-8")
