"""Writes ``vocabulary.py`` from ``ontology/terms.ttl``: ``python -m kgraph.vocabulary_source``."""

from __future__ import annotations

from collections.abc import Iterable
from keyword import iskeyword
from pathlib import Path

from kgraph.errors import KnowledgeError
from kgraph.knowledge import read_subjects, shipped_folder
from kgraph.namespaces import NEG, iri, local_name

_HEAD = '''"""The terms of the ontology as closed classes, so that a typo raises.

Generated from ontology/terms.ttl; do not edit.

Regenerate with ``python -m kgraph.vocabulary_source``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn


class _Closed(type):
    def __getattr__(cls, name: str) -> NoReturn:
        raise AttributeError(f"the ontology has no term neg:{name}")


class Term(metaclass=_Closed):
    """IRIs of the ontology's terms by local name."""

'''
# Enums of the vocabulary: the property whose values they are, and the suffix that only tells the terms apart.
_VALUES = {
    "Polarity": ("polarity", "", "Whether the text says that a move was made or that it was not."),
    "Modality": ("modality", "", "Whether a move is done, planned, possible or conditional."),
    "Voice": ("voice", "Voice", "Whose voice vouches for a move."),
    "DateSource": ("dateSource", "", "How a date or its bounds were found."),
    "Role": ("role", "Role", "What characters of a document stand for."),
    "Side": ("side", "Side", "Whether who makes a move is for its matter, against it, or neither."),
    "Family": ("family", "Family", "Relations whose lines look alike on a page."),
    "Stance": ("expresses", "Stance", "Where a party stands on a matter."),
    "Stage": ("marks", "Stage", "The stages in the life of a matter."),
}
_TRAITS = '''

@dataclass(frozen=True, kw_only=True)
class Traits:
    """What sets a relation apart, as the ontology says it.

    ``roles`` are those that every statement of it has, ``optional`` those that one may have,
    ``object`` the class that its object is of;
    ``verb`` ("agrees to") and ``past`` ("agreed to") stand before the object.
    """

    side: Side
    family: Family
    stance: Stance
    stage: Stage
    verb: str
    past: str
    roles: frozenset[Role]
    optional: frozenset[Role]
    object: str
    shortcut: bool
    concludes: bool
    reverses: bool


TRAITS: dict[Relation, Traits] = {
'''
Terms = dict[str, dict[str, list[str]]]


def vocabulary() -> str:
    """The text of the module, from the shipped terms."""
    terms = {
        local_name(subject): properties
        for subject, properties in read_subjects([shipped_folder() / "terms.ttl"]).items()
        if subject.startswith(NEG) and iri("skos:definition") in properties
    }
    lines = [f'    {_safe(name)} = "{NEG}{name}"\n    """{_definition(terms, name)}"""' for name in sorted(terms)]
    return _HEAD + "\n".join(lines) + "\n" + "".join(_enums(terms)) + _traits(terms)


def _enums(terms: Terms) -> list[str]:
    found = [_relation(terms)]
    for name, (of, suffix, purpose) in _VALUES.items():
        members = [
            term for term, properties in terms.items() if iri(f"neg:{of}") in properties.get(iri("neg:valueOf"), ())
        ]
        found.append(_enum(name, purpose, terms, members, suffix))
    return found + _entity_types(terms)


def _relation(terms: Terms) -> str:
    traits = (
        "\n    @property\n    def traits(self) -> Traits:\n"
        '        """What sets the relation apart."""\n        return TRAITS[self]\n'
    )
    return _enum("Relation", "The kinds of negotiation moves.", terms, _relations(terms), "") + traits


def _relations(terms: Terms) -> list[str]:
    return [name for name, found in terms.items() if iri("neg:Relation") in found[iri("rdf:type")]]


def _enum(name: str, purpose: str, terms: Terms, members: list[str], suffix: str) -> str:
    """The class of an enum; a value is the label less the suffix ("called for"), where the enum has one."""
    lines = [f'\n\nclass {name}(StrEnum):\n    """{purpose}"""\n']
    for member in members:
        short = member.removesuffix(suffix)
        value = terms[member][iri("skos:prefLabel")][0].removesuffix(f" {suffix.lower()}") if suffix else short
        lines.append(f'    {_safe(short)} = "{value}"\n    """{_definition(terms, member)}"""')
    lines.append(
        "\n    @property\n    def iri(self) -> str:\n"
        f'        """The term\'s IRI."""\n        return f"{NEG}{{self.name.rstrip(\'_\')}}{suffix}"'
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


def _traits(terms: Terms) -> str:
    rows = []
    for name in _relations(terms):
        values = {
            "side": _member("Side", _trait(terms, name, "neg:side")),
            "family": _member("Family", _trait(terms, name, "neg:family")),
            "stance": _member("Stance", _trait(terms, name, "neg:expresses")),
            "stage": _member("Stage", _trait(terms, name, "neg:marks")),
            "verb": f'"{_trait(terms, name, "neg:verb")}"',
            "past": f'"{_trait(terms, name, "neg:pastForm")}"',
            "roles": _role_set(terms[name].get(iri("neg:takes"), ())),
            "optional": _role_set(terms[name].get(iri("neg:mayTake"), ())),
            "object": f'"{local_name(_trait(terms, name, "rdfs:range"))}"',
            "shortcut": _trait(terms, name, "neg:givesShortcut").title(),
            "concludes": _trait(terms, name, "neg:concludes").title(),
            "reverses": _trait(terms, name, "neg:canReverse").title(),
        }
        lines = "".join(f"        {field}={value},\n" for field, value in values.items())
        rows.append(f"    Relation.{_safe(name)}: Traits(\n{lines}    ),\n")
    return _TRAITS + "".join(rows) + "}\n"


def _trait(terms: Terms, name: str, curie: str) -> str:
    values = terms[name].get(iri(curie), ())
    if len(values) != 1:
        raise KnowledgeError(f"terms.ttl: the relation neg:{name} needs one {curie}, and has {len(values)}")
    return values[0]


def _member(enum: str, address: str) -> str:
    return f"{enum}.{_safe(local_name(address).removesuffix(_VALUES[enum][1]))}"


def _role_set(addresses: Iterable[str]) -> str:
    roles = [f"Role.{local_name(address).removesuffix('Role')}" for address in addresses]
    return f"frozenset({{{', '.join(roles)}}})" if roles else "frozenset()"


def _definition(terms: Terms, name: str) -> str:
    return terms[name][iri("skos:definition")][0]


def _safe(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


if __name__ == "__main__":
    Path(__file__).with_name("vocabulary.py").write_text(vocabulary(), encoding="utf-8")
