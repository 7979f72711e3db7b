"""What readers read in annotated texts, held against the annotation, and the confidence that follows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.build.reading import in_its_language
from kgraph.calibrate.agreement import agrees
from kgraph.calibrate.fitting import Bin, cross_validated, fit, reliability
from kgraph.calibrate.gold import GOLD, TEXTS, GoldRecord, read_gold
from kgraph.errors import DocumentError
from kgraph.extract.confidence import features, shipped
from kgraph.extract.extraction import extract_candidates
from kgraph.extract.reader import Reader
from kgraph.knowledge import Fit, Knowledge, load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.model.record import record
from kgraph.model.statement import Extraction, ReadStatement
from kgraph.sources.documents import read_documents

_DIGITS = 3
_LEAST_DOCUMENTS = 2
Agreement = Callable[[GoldRecord, dict[str, Any]], bool]


@dataclass(frozen=True)
class Judged:
    """A statement with its document, and whether the gold has it."""

    document: str
    statement: ReadStatement
    right: bool


@dataclass(frozen=True)
class Calibration:
    """What was fitted, to how many statements, and how well it holds for documents that it was not fitted to."""

    fit: Fit
    documents: int
    statements: int
    right: int
    reliability: list[Bin]


def annotated_texts(folder: Path) -> tuple[list[Document], dict[str, list[GoldRecord]]]:
    """The documents of a folder of annotated texts, and their gold statements by document id.

    Raises DocumentError for gold statements of a document that is not there.
    """
    gold = read_gold(folder)
    documents = [in_its_language(document, tuple)[0] for document in read_documents([folder / TEXTS])]
    missing = sorted(gold.keys() - {document.id for document in documents})
    if missing:
        where = str(folder / GOLD)
        raise DocumentError(where, f"there is no document {missing[0]!r} in {folder / TEXTS}", "see `kgraph sources`")
    return documents, gold


def judged(
    documents: Iterable[Document],
    gold: dict[str, list[GoldRecord]],
    knowledge: Knowledge,
    using: tuple[Reader, ...],
    agreement: Agreement = agrees,
) -> Iterator[Judged]:
    """Everything that the readers read in documents, each statement linked by itself, with whether it is right."""
    for document, statements in extract_candidates(documents, knowledge, using):
        for statement in statements:
            mentions = tuple(dict.fromkeys(m for ms in statement.roles().values() for m in ms))
            alone = Extraction(document=document.id, statements=(statement,), mentions=mentions)
            (linked,) = resolve([(document, alone)], knowledge).extractions[0].statements
            plain = record(linked)
            right = any(agreement(wanted, plain) for wanted in gold.get(document.id, ()))
            yield Judged(document.id, statement, right)


def calibrate(
    documents: Sequence[Document],
    gold: dict[str, list[GoldRecord]],
    using: tuple[Reader, ...],
    knowledge_folder: Path | None = None,
) -> Calibration:
    """The confidence of what these readers read, fitted to annotated texts.

    What only one of them read has the floor that is shipped for it. Raises DocumentError where the texts are too few to
    tell anything.
    """
    found = list(judged(documents, gold, load_knowledge(knowledge_folder), using))
    read_in = {each.document for each in found}
    right = [each.right for each in found]
    if len(read_in) < _LEAST_DOCUMENTS or len(set(right)) < 2:
        read = f"{len(found)} statements were read in {len(read_in)} documents, {sum(right)} of them right"
        hint = "annotate more texts; right and wrong statements in at least two are needed"
        raise DocumentError("the annotated texts", f"too little to fit anything: {read}", hint)
    inputs = [features(each.statement) for each in found]
    unseen = cross_validated(inputs, right, [each.document for each in found])
    names = frozenset(reader.name for reader in using)
    return Calibration(
        fit=Fit(
            readers=names,
            weights={name: round(weight, _DIGITS) for name, weight in fit(inputs, right).items()},
            floors={name: floor for name, floor in shipped().floors.items() if name in names},
        ),
        documents=len(read_in),
        statements=len(found),
        right=sum(right),
        reliability=reliability(unseen, right),
    )


def to_json(found: Fit) -> str:
    """A fit as ``knowledge.read_fit`` reads it; the same fit gives the same text."""
    content = {"floors": found.floors, "readers": sorted(found.readers), "weights": found.weights}
    return json.dumps(content, indent=1, sort_keys=True) + "\n"
