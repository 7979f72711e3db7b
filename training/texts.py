"""Annotated texts: reads and checks them.

A file of ``training/texts/`` holds one JSON object a line: ``id``, ``style``, ``published``, ``sents`` (one sentence,
headline or list item each; "" is a paragraph break) and ``records``. A record: ``i`` the sentence of the trigger (from
1, breaks included), ``r`` relation, ``t`` trigger, ``a`` the actor's words (a string, or a list of coordinated actors),
``A`` the actor's name where the words are not it, ``o`` object, ``c`` condition, ``p`` participants, ``n`` content of
an accusation, ``s`` speaker and ``S`` the speaker's name, ``pl`` place, ``v`` and ``w`` number and what is counted,
``pol``, ``mod``, ``d`` EDTF date, ``f`` why the words of a move are none (asked, attempted, denied). What is left out
is positive, actual, none. Words stand verbatim in sentence ``i`` or a neighbour (three before, one after).

``python -m training.texts FILE…`` checks files and says what is wrong with which record.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from kgraph.extract.annotation import PARTS, place
from kgraph.extract.trained.labels import Factuality, Part
from kgraph.model.statement import Span
from kgraph.vocabulary import Modality, Polarity, Relation

TEXTS = Path(__file__).parent / "texts"
KEYS = frozenset(("f", "r", "t", "i", "a", "A", "o", "c", "p", "n", "s", "S", "pl", "v", "w", "pol", "mod", "d"))
_NEEDED = {"meets": ("p",), "claims": ("a", "v", "w"), "conditionsOn": ("a", "o", "c")}


@dataclass(frozen=True)
class Move:
    """An annotated move: trigger and parts as characters of the text, the actor's name, and how the text holds it."""

    relation: Relation
    trigger: tuple[Span, ...]
    parts: dict[Part, tuple[Span, ...]]
    factuality: Factuality
    actor_name: str | None = None


@dataclass(frozen=True)
class Text:
    """A text with its moves."""

    id: str
    text: str
    published: str | None
    moves: tuple[Move, ...]
    records: list[dict[str, Any]] = field(default_factory=list)


def read(path: Path) -> Iterator[Text]:
    """The texts of a file; raises ValueError, naming line and record, for the first one that is wrong."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            text, problems = parsed(json.loads(line))
            if problems:
                raise ValueError(f"{path.name}, line {number}: {problems[0]}")
            yield text


def all_texts(also: Iterable[Path] = (), share: float = 1.0, seed: int = 0) -> list[Text]:
    """The project's texts, those of further files, and those of folders with gold statements.

    A random share of them, for a learning curve.
    """
    found = [text for path in sorted(TEXTS.glob("*.jsonl")) for text in read(path)]
    found += [text for path in also for text in (read_gold(path) if path.is_dir() else read(path))]
    chosen = Random(seed).sample(found, round(share * len(found)))
    return sorted(chosen, key=lambda text: text.id)


def parsed(entry: dict[str, Any]) -> tuple[Text, list[str]]:
    """A text from its JSON object, and what is wrong with it."""
    sentences = entry.get("sents", [])
    text, positions = _running(sentences)
    moves, problems = [], []
    for record in entry.get("records", []):
        wrong = list(_problems(record, sentences))
        problems += [f"{entry.get('id')}: {problem}" for problem in wrong]
        if not wrong:
            moves.append(_move(record, sentences, positions))
    return Text(entry["id"], text, entry.get("published"), tuple(moves), entry.get("records", [])), problems


def _running(sentences: list[str]) -> tuple[str, list[int]]:
    """Sentences as running text, and where each begins."""
    text, positions = "", []
    for sentence in sentences:
        if not sentence:
            text = text.rstrip(" ") + "\n\n"
        positions.append(len(text))
        text += f"{sentence} " if sentence else ""
    return text.rstrip(), positions


def _words(value: object) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _problems(record: dict[str, Any], sentences: list[str]) -> Iterator[str]:
    at, relation = record.get("i"), record.get("r")
    if not isinstance(at, int) or not 1 <= at <= len(sentences) or not sentences[at - 1]:
        yield f"there is no sentence {at}"
        return
    if relation not in set(Relation):
        yield f"sentence {at}: {relation!r} is not a relation"
        return
    if unknown := set(record) - KEYS:
        yield f"sentence {at}: unknown keys {sorted(unknown)}"
    for key in _NEEDED.get(relation, ("a", "o")):
        if not _words(record.get(key)) and "f" not in record:
            yield f"sentence {at}: {relation} lacks {key!r}"
    for key in ("t", *PARTS):
        for words in _words(record.get(key)):
            if key != "v" and place(words, at - 1, sentences) is None:
                yield f"sentence {at}: {key}={words!r} stands neither there nor in a neighbour"
    if record.get("pol", "positive") not in set(Polarity) or record.get("mod", "actual") not in set(Modality):
        yield f"sentence {at}: polarity or modality is wrong"
    if record.get("f", "asked") not in ("asked", "attempted", "denied"):
        yield f"sentence {at}: f={record['f']!r}"


def _move(record: dict[str, Any], sentences: list[str], positions: list[int]) -> Move:
    def spans(key: str) -> tuple[Span, ...]:
        found = []
        for words in _words(record.get(key)):
            found_at = place(words, record["i"] - 1, sentences)
            if found_at is not None:
                start = positions[found_at[0]] + found_at[1]
                found.append(Span(start, start + len(words)))
        return tuple(found)

    names = _words(record.get("A"))
    return Move(
        relation=Relation(record["r"]),
        trigger=spans("t"),
        parts={part: found for key, part in PARTS.items() if (found := spans(key))},
        factuality=_factuality(record.get("pol"), record.get("mod"), record.get("f")),
        actor_name=names[0] if len(names) == 1 else None,
    )


def _factuality(polarity: str | None, modality: str | None, no_move: str | None) -> Factuality:
    if no_move:
        return Factuality(no_move)
    if polarity == Polarity.negative:
        return Factuality.negated
    return Factuality.made if modality in (None, Modality.actual) else Factuality(modality)


def read_gold(folder: Path) -> Iterator[Text]:
    """Texts with gold statements in the form of ``eval/``.

    ``gold.jsonl`` beside ``texts/*.txt``, each record with ``spans``.
    """
    names = {"participants": Part.participant, "what": Part.counted}
    moves: dict[str, list[Move]] = {}
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = {key: tuple(Span(start, end) for start, end in found) for key, found in record["spans"].items()}
        trigger = spans.pop("trigger", ())
        if trigger:
            parts = {
                Part(names.get(key, key)): found for key, found in spans.items() if key in names or key in set(Part)
            }
            factuality = _factuality(record["polarity"], record["modality"], None)
            name = (record.get("actor") or [None])[0]
            moves.setdefault(record["doc"], []).append(
                Move(Relation(record["relation"]), trigger, parts, factuality, name)
            )
    for path in sorted((folder / "texts").glob("*.txt")):
        metadata = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield Text(
            path.stem, path.read_text(encoding="utf-8"), metadata.get("published"), tuple(moves.get(path.stem, ()))
        )


def main(arguments: list[str]) -> int:
    """Check files; 1 where something is wrong."""
    problems = 0
    for name in arguments:
        texts = records = 0
        ids: set[str] = set()
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            text, wrong = parsed(json.loads(line))
            if text.id in ids:
                wrong.append(f"{text.id}: this id was used before")
            ids.add(text.id)
            texts, records, problems = texts + 1, records + len(text.moves), problems + len(wrong)
            for problem in wrong:
                print(f"{name}, line {number}: {problem}")
        print(f"{name}: {texts} texts, {records} records")
    print(f"{problems} problems")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
