"""Every IRI and digest that the program mints: readable, deterministic, made in one place.

An IRI never holds another IRI, and no part of it depends on offsets or on the order in which documents are read.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kgraph.namespaces import KG

ENTITIES_GRAPH = KG + "graph/entities"
JUDGEMENTS_GRAPH = KG + "graph/judgements"
BUILD = KG + "build"
# 64 bits: among ten million things two share a digest with a probability of about 3 in a million.
DIGEST_CHARACTERS = 16
_MAX_SLUG = 60
_SEPARATOR = "\x1f"


def digest(*parts: str) -> str:
    """A digest of texts, in order: 16 hexadecimal characters."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:DIGEST_CHARACTERS]


def content_digest(content: bytes) -> str:
    """The whole SHA-256 of some bytes, in hexadecimal: for what must be told apart even on purpose."""
    return hashlib.sha256(content).hexdigest()


def file_digest(path: Path) -> str:
    """The same of a file that may be large."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parts_digest(parts: Iterable[bytes]) -> str:
    """The same of content that comes in parts."""
    told = hashlib.sha256()
    for part in parts:
        told.update(part)
    return told.hexdigest()


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens; long texts are cut and end in a digest."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain.replace("'s", "s")).strip("-")
    if not plain or len(plain) > _MAX_SLUG:
        plain = f"{plain[:_MAX_SLUG].rstrip('-')}-{digest(text)}".strip("-")
    return plain


def unique_slug(text: str) -> str:
    """A slug that no other text has: itself where the text is one already, else with a digest of the text."""
    plain = slug(text)
    return plain if plain == text else f"{plain}-{digest(text)}"


@lru_cache(maxsize=20_000)
def document_slug(ident: str) -> str:
    """The path of a document id in IRIs."""
    return "/".join(unique_slug(part) for part in ident.split("/"))


def document_iri(ident: str) -> str:
    """A document; its named graph is ``graph_iri``."""
    return f"{KG}document/{document_slug(ident)}"


def graph_iri(ident: str) -> str:
    """The named graph that holds what a document says."""
    return f"{KG}graph/document/{document_slug(ident)}"


def publisher_iri(name: str | None, document: str) -> str:
    """Who published a document; one of its own where the document does not name it."""
    return f"{KG}publisher/{slug(name)}" if name else f"{KG}publisher/unnamed/{document_slug(document)}"


def is_unnamed_publisher(iri: str) -> bool:
    """Whether an IRI of a publisher says only that the document names none."""
    return iri.startswith(f"{KG}publisher/unnamed/")


def thing_iri(kind: str, name: str, document: str | None = None) -> str:
    """An actor or a matter by its kind ("State") and name; within one document where ``document`` is its id."""
    folder = re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()
    return f"{KG}{folder}/{slug(name)}" if document is None else f"{KG}{folder}/{document_slug(document)}/{slug(name)}"


def apart_iri(entity: str, wording: str, document: str | None) -> str:
    """What a judgement keeps apart from an entity."""
    return f"{entity}/apart-{digest(wording.casefold(), document or '')}"


def statement_iri(parts: Iterable[str]) -> str:
    """A statement, from document, relation, clause, mentions and which occurrence of them it is."""
    return f"{KG}statement/{digest(*parts)}"


def negotiation_iri(first_document: str) -> str:
    """A negotiation, by the document that it was found from first."""
    return f"{KG}negotiation/{document_slug(first_document)}"


def given_negotiation_iri(name: str) -> str:
    """A negotiation that somebody gave its name."""
    return f"{KG}negotiation/given/{unique_slug(name)}"


def link_iri(parts: Iterable[str]) -> str:
    """A link, from its entity, document and words; a near link from its two entities."""
    return f"{KG}link/{digest(*parts)}"


def membership_iri(person: str, office: str, since: str) -> str:
    """That somebody held an office from a day on."""
    name = person.rsplit("/", 1)[-1]
    return f"{KG}membership/{slug(f'{name} {office} {since[:4]}')}"


def move_iri(parts: Iterable[str]) -> str:
    """A move, from what its statements have in common."""
    return f"{KG}move/{digest(*parts)}"


def finding_iri(parts: Iterable[str]) -> str:
    """A finding of an analysis, from its kind and what it rests on."""
    return f"{KG}finding/{digest(*parts)}"


def mention_iri(document: str, text: str, entity: str) -> str:
    """The evidence that a document names an entity in these words; its characters are added by ``at_characters``."""
    return f"{document_iri(document)}/mention/{digest(text, entity)}"


def evidence_iri(statement: str, name: str) -> str:
    """The evidence of a statement for a role ("actor", "participant-2", "actor-antecedent")."""
    return f"{statement}/evidence/{name}"


def evidence_name(iri: str) -> str:
    """The name that ``evidence_iri`` was given."""
    return iri.split("/evidence/", 1)[1].split("#", 1)[0]


def at_characters(iri: str, start: int, end: int) -> str:
    """An IRI with the characters of its document that it stands for (RFC 5147)."""
    return f"{iri}#char={start},{end}"


def characters(iri: str) -> tuple[int, int]:
    """The characters that ``at_characters`` added."""
    start, end = iri.rsplit("#char=", 1)[1].split(",")
    return int(start), int(end)


def attribution_iri(statement: str, rank: int) -> str:
    """One link of the chain of speakers of a statement, counted from 1, outermost first."""
    return f"{statement}/attribution/{rank}"


def judgement_iri(ident: str) -> str:
    """A judgement by its id in the log."""
    return f"{KG}judgement/{ident}"


def judge_iri(name: str) -> str:
    """A person who judges."""
    return f"{KG}judge/{slug(name)}"
