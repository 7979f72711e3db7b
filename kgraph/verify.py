"""Re-reads every piece of evidence from its source file: same text, same characters, every role vouched for."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kgraph.errors import DocumentError, StoreError
from kgraph.model.document import Document
from kgraph.namespaces import iri
from kgraph.rdf.read import GraphReader, stored_records
from kgraph.rdf.store import Manifest, stored_graphs
from kgraph.sources.documents import read_documents
from kgraph.vocabulary import Relation, Term

_PRONOUNS = frozenset("he him his she her hers it its they them their theirs i me my we us our".split())


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: the document, the statement or evidence (empty for the document itself), and what."""

    document: str
    subject: str
    problem: str


@dataclass(frozen=True)
class Verification:
    """How many documents and pieces of evidence were checked, and what does not hold."""

    documents: int
    evidence: int
    findings: tuple[Finding, ...]


def verify(store: Store, manifest: Manifest | None, folder: Path) -> Verification:
    """Check a build against its manifest and the files it was read from, which the manifest names as seen from ``folder``.

    Raises StoreError where there is no manifest.
    """
    if manifest is None:
        raise StoreError(f"{folder}: the build's manifest is missing; build again")
    sources = {entry.id: _located(entry.source, folder) for entry in manifest.documents}
    files = _Files()
    reader = GraphReader(store)
    findings = _check_graphs(store, manifest)
    texts: dict[str, str | None] = {}
    digests = {}
    for node in reader.subjects(Term.Document):
        properties = reader.properties(node)
        ident = properties[iri("dcterms:identifier")][0]
        digests[ident] = properties[Term.sha256][0]
        current = files.document(ident, sources.get(ident))
        texts[ident] = current.text if current is not None and current.sha256 == digests[ident] else None
        if current is None:
            findings.append(Finding(ident, "", f"source gone: {sources.get(ident, 'not in the manifest')}"))
        elif current.sha256 != digests[ident]:
            findings.append(Finding(ident, "", f"source changed since the build: {sources[ident]}"))
    checked = _check_characters(reader, texts, findings)
    findings += _check_roles(store)
    return Verification(len(texts), checked, tuple(sorted(findings, key=lambda f: (f.document, f.subject, f.problem))))


def _located(source: str, folder: Path) -> str:
    """The source as a path from here."""
    return source if source.startswith("<") else os.path.normpath(folder / source)


class _Files:
    """Documents as their files have them now; a file of many documents is read once."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, Document]] = {}

    def document(self, ident: str, source: str | None) -> Document | None:
        """None where the file is gone or unreadable, or has no such document."""
        if source is None:
            return None
        lines = re.fullmatch(r"(.*\.jsonl):\d+", source, re.IGNORECASE)
        try:
            if lines is None:
                return next(read_documents([source]))
            path = lines.group(1)
            if path not in self._lines:
                self._lines[path] = {document.id: document for document in read_documents([path])}
            return self._lines[path].get(ident)
        except DocumentError:
            return None


def _check_graphs(store: Store, manifest: Manifest) -> list[Finding]:
    """The store holds exactly the graphs of the manifest."""
    found = stored_graphs(store)
    return [
        Finding("", name, "the graph does not hold what the manifest says")
        for name in sorted(found.keys() | manifest.graphs.keys())
        if found.get(name) != manifest.graphs.get(name)
    ]


def _check_characters(reader: GraphReader, texts: dict[str, str | None], findings: list[Finding]) -> int:
    names = {node: reader.properties(node)[iri("dcterms:identifier")][0] for node in reader.subjects(Term.Document)}
    checked = 0
    for address in reader.subjects(Term.Evidence):
        node = reader.properties(address)
        document = names.get((node.get(iri("oa:hasSource")) or [""])[0], "")
        text = texts.get(document)
        if text is None:
            continue
        checked += 1
        start, end = (int(n) for n in address.rsplit("#char=", 1)[1].split(","))
        for selector in node.get(iri("oa:hasSelector"), ()):
            properties = reader.properties(selector)
            for exact in properties.get(iri("oa:exact"), ()):
                if text[start:end] != exact:
                    findings.append(
                        Finding(
                            document,
                            address,
                            f"the source has {text[start:end][:40]!r} where the graph has {exact[:40]!r}",
                        )
                    )
            for name, expected in (("oa:start", start), ("oa:end", end)):
                if properties.get(iri(name), [str(expected)]) != [str(expected)]:
                    findings.append(Finding(document, address, f"{name} disagrees with the address of the evidence"))
    return checked


def _check_roles(store: Store) -> list[Finding]:
    """Every role of a statement has its evidence; a pronoun also its antecedent's."""
    findings = []
    for record in stored_records(store):
        parts = [("actor", record.get("actor")), ("object", record["object"]), ("condition", record.get("condition"))]
        parts += [("participant", p) for p in record.get("participants", ())] + [
            ("speaker", s) for s in record["speakers"]
        ]
        needed = {
            Relation.meets: ("object",),
            Relation.claims: ("actor", "object"),
            Relation.conditionsOn: ("actor", "object", "condition"),
        }
        for role in needed.get(record["relation"], ("actor", "object")):
            if not any(name == role and mention for name, mention in parts):
                findings.append(Finding(record["document"], record["id"], f"no evidence for its {role}"))
        for role, mention in parts:
            if mention and mention["mention"].lower() in _PRONOUNS and "antecedent" not in mention:
                findings.append(
                    Finding(record["document"], record["id"], f"the {role} is a pronoun without its antecedent")
                )
    return findings
