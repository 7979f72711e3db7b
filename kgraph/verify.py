"""Re-reads every piece of evidence from its source file: same text, same characters, every role vouched for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import DocumentError
from kgraph.extract.undecided import needs_antecedent
from kgraph.model.document import Document
from kgraph.model.entity import Evidence
from kgraph.model.statement import Statement
from kgraph.progress import Progress, silent
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import Manifest, stored_graphs
from kgraph.sources.again import CurrentFiles


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: the document, the statement or evidence (empty for the document itself), and
    what."""

    document: str
    subject: str
    problem: str


@dataclass(frozen=True)
class Verification:
    """How many documents and pieces of evidence were checked, and what does not hold."""

    documents: int
    evidence: int
    findings: tuple[Finding, ...]


def verify(graph: Graph, manifest: Manifest, folder: Path, progress: Progress = silent) -> Verification:
    """Check a build against its manifest and the files it was read from, which the manifest names as seen from
    ``folder``."""
    sources = {entry.id: _located(entry.source, folder) for entry in manifest.documents}
    files = CurrentFiles()
    progress("comparing the store with its manifest")
    findings = _check_graphs(graph, manifest)
    texts: dict[str, str | None] = {}
    for number, stored in enumerate(graph.documents(), 1):
        progress("reading the sources again", number, len(sources))
        source = sources.get(stored.id)
        current = _current(files, stored.id, source)
        same = current is not None and current.sha256 == stored.sha256
        texts[stored.id] = current.text if current is not None and same else None
        if current is None:
            findings.append(Finding(stored.id, "", f"source gone: {source or 'not in the manifest'}"))
        elif not same:
            findings.append(Finding(stored.id, "", f"source changed since the build: {source}"))
    progress("comparing the evidence")
    checked = [piece for piece in graph.evidence() if texts.get(piece.document) is not None]
    for piece in checked:
        findings += _check_characters(piece, texts[piece.document] or "")
    for statement in graph.statements():
        findings += _check_roles(statement)
    ordered = sorted(findings, key=lambda f: (f.document, f.subject, f.problem))
    return Verification(len(texts), len(checked), tuple(ordered))


def _located(source: str, folder: Path) -> str:
    """The source as a path from here."""
    return source if source.startswith("<") else os.path.normpath(folder / source)


def _current(files: CurrentFiles, ident: str, source: str | None) -> Document | None:
    """The document as its file has it now; None where it is not there any more."""
    try:
        return None if source is None else files.document(ident, source)
    except DocumentError:
        return None


def _check_graphs(graph: Graph, manifest: Manifest) -> list[Finding]:
    """The store holds exactly the graphs of the manifest."""
    found = stored_graphs(graph.store)
    return [
        Finding("", name, "the graph does not hold what the manifest says")
        for name in sorted(found.keys() | manifest.graphs.keys())
        if found.get(name) != manifest.graphs.get(name)
    ]


def _check_characters(piece: Evidence, text: str) -> Iterator[Finding]:
    """The document has the quoted words at the characters that the evidence names."""
    there = text[piece.span.start : piece.span.end]
    if piece.exact is not None and there != piece.exact:
        problem = f"the source has {there[:40]!r} where the graph has {piece.exact[:40]!r}"
        yield Finding(piece.document, piece.id, problem)
    if piece.selected is not None and piece.selected != piece.span:
        yield Finding(piece.document, piece.id, "its position selector disagrees with the address of the evidence")


def _check_roles(statement: Statement) -> Iterator[Finding]:
    """Every role of a statement has its evidence; a pronoun also its antecedent's, unless whose words the text is was
    told by its header alone.
    """
    roles = statement.roles()
    for role in sorted(statement.relation.traits.roles):
        if role not in roles:
            yield Finding(statement.document, statement.id, f"no evidence for its {role}")
    for role, mentions in roles.items():
        for mention in mentions:
            if mention.antecedent is None and needs_antecedent(mention.text, mention.label):
                yield Finding(statement.document, statement.id, f"the {role} is a pronoun without its antecedent")
