"""Judgements: what a person decided about entities and statements, with who, when and why.

They are kept as a log of JSON lines that only grows. Undoing one adds a line; what counts is what has not been
undone. A build applies them anew each time, so that the graph is the one that the remaining judgements make, whatever
was judged and undone before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kgraph.errors import DocumentError, UnknownNameError
from kgraph.files import parse_json
from kgraph.identifiers import digest
from kgraph.model.dates import is_edtf
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation, Role

JUDGEMENTS = "judgements.jsonl"
MERGE, APART, DIFFERENT, ACCEPT, REJECT, CORRECT = "merge", "keep-apart", "different", "accept", "reject", "correct"
MOVE, ADD, RENAME, UNDO = "move", "add", "rename", "undo"
VERDICTS = (MERGE, APART, DIFFERENT, MOVE, ADD, RENAME, ACCEPT, REJECT, CORRECT, UNDO)
# The change that gives a negotiation its name.
NAME = "name"
CORRECTABLE = ("relation", "polarity", "modality", "date", "actor", "object", "condition")
# Relations whose statements have roles of their own: a correction cannot make one of the others.
SHAPED = tuple(
    relation
    for relation in Relation
    if relation.traits.roles | relation.traits.optional != {Role.actor, Role.object}
    or relation.traits.object in (EntityType.Figure, "Actor")
)
CHOICES: dict[str, tuple[str, ...]] = {
    "relation": tuple(Relation),
    "polarity": (Polarity.positive, Polarity.negative),
    "modality": (Modality.actual, Modality.planned, Modality.possible, Modality.conditional),
}
# Tab and line ends may stand in a reason; what no RDF or XML can carry may not.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?")
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")


@dataclass(frozen=True)
class Judgement:
    """One decision.

    ``target`` is the entity or negotiation that stays (merge), the entity that a wording is taken out of (keep-apart)
    or that others are not (different), the negotiation that documents belong to (move), belong to as well (add) or
    that is named (rename), the statement (accept, reject, correct) or the judgement undone; ``others`` are what is
    merged into it, the wordings kept apart from it, the entities that are different, or the ids of the documents moved
    or added; ``document`` limits
    keeping apart to one document; ``changes`` holds the corrected fields, or the negotiation's name; ``when`` is an
    ISO time.
    """

    verdict: str
    target: str
    who: str
    when: str
    why: str
    others: tuple[str, ...] = ()
    document: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A short name: the digest of the judgement."""
        return digest(_line(self))


def is_unwritable(text: str) -> bool:
    """Whether a text holds characters that no RDF, XML or UTF-8 can carry."""
    return _UNWRITABLE.search(text) is not None


def check_changes(changes: Mapping[str, str]) -> None:
    """Refuse a correction that no statement can have; raises UnknownNameError or ValueError."""
    for name, value in changes.items():
        if name not in CORRECTABLE:
            raise UnknownNameError("field", name, CORRECTABLE)
        if name in CHOICES and value not in CHOICES[name]:
            raise UnknownNameError(name, value, CHOICES[name])
        if name == "date" and value and not is_edtf(value):
            raise ValueError(
                f"{value!r} is not an EDTF date; write 2025-12-28, 2025-12, 2025 or an interval "
                "2025-12-22/2025-12-28, or nothing for unknown"
            )


# What a judgement need not have, and what its line leaves out then.
_OPTIONAL = frozenset(("others", "document", "changes"))


def read_log(path: Path) -> list[Judgement]:
    """All lines of a log, oldest first; raises DocumentError naming the line that is malformed."""
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(str(path), f"cannot be read as a log of judgements ({error})") from error
    return [_read_line(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]


def _read_line(place: str, line: str) -> Judgement:
    try:
        content = parse_json(line)
        if not isinstance(content, dict):
            raise ValueError("it is not an object")
        document = content.get("document")
        others = tuple(content.get("others", ()))
        found = Judgement(**{**content, "others": others, "document": None if document == "" else document})
        _check_types(found)
        return found
    except (ValueError, TypeError) as error:
        raise DocumentError(place, f"is not a judgement ({error})", "correct or remove the line") from error


def _check_types(judgement: Judgement) -> None:
    """Raises ValueError where a field holds something else than it can, or a text that cannot be written."""
    if judgement.verdict not in VERDICTS:
        raise ValueError(f"its verdict is none of {', '.join(VERDICTS)}")
    texts = [judgement.target, judgement.who, judgement.when, judgement.why, *judgement.others]
    if not isinstance(judgement.changes, Mapping):
        raise ValueError("its changes are not an object")
    texts += [*judgement.changes.keys(), *judgement.changes.values()]
    texts += [judgement.document] if judgement.document is not None else []
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("verdict, target, who, when, why, document, others and changes must be strings")
    if any(is_unwritable(text) for text in texts):
        raise ValueError("it holds characters that no file can: controls, or half of a surrogate pair")
    things = [*judgement.others] if judgement.verdict in (MERGE, DIFFERENT) else []
    things += [judgement.target] if judgement.verdict != UNDO else []
    if not all(_IRI.fullmatch(thing) for thing in things):
        raise ValueError("what it judges is not named by IRI")
    if not _MOMENT.fullmatch(judgement.when):
        raise ValueError(f"when it was made, {judgement.when[:40]!r}, is not written as 2026-01-31T12:00:00Z")


def write_log(judgements: Iterable[Judgement]) -> bytes:
    """A log as JSON lines."""
    return "".join(_line(judgement) + "\n" for judgement in judgements).encode()


def _line(judgement: Judgement) -> str:
    content = {name: value for name, value in asdict(judgement).items() if value or name not in _OPTIONAL}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def active(log: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that have not been undone; a repeated one counts once, and the last correction of a field wins."""
    found: dict[str, Judgement] = {}
    for judgement in log:
        if judgement.verdict == UNDO:
            found.pop(judgement.target, None)
        else:
            found[judgement.id] = judgement
    return tuple(found.values())
