"""A corpus of the size of an analyst's: sixty of the texts that the project wrote to train on, told as five talks.

``python -m tests.real_sized FOLDER`` writes them as files with their metadata, to be built and looked at.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TEXTS = Path(__file__).parent.parent / "training" / "texts"
SOURCES = ("wire.jsonl", "official-and-spoken.jsonl")
TALKS = ("Canal talks", "Fisheries talks", "Ceasefire talks", "Tariff talks", "Water talks")
MANY = 60


def write_corpus(folder: Path) -> Path:
    """Write the texts as Markdown, each with its day, its paper and the talks that it belongs to; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [json.loads(line) for name in SOURCES for line in (TEXTS / name).read_text(encoding="utf-8").splitlines()]
    for number, text in enumerate(found[:MANY]):
        paragraphs = "\n\n".join(" ".join(part) for part in _paragraphs(text["sents"]))
        head = {
            "title": text["sents"][0],
            "published": text["published"],
            "publisher": f"Paper {number % 7}",
            "negotiation": TALKS[number % len(TALKS)],
        }
        lines = "\n".join(f"{name}: {json.dumps(value)}" for name, value in head.items() if value)
        (folder / f"{number:02}.md").write_text(f"---\n{lines}\n---\n{paragraphs}\n", encoding="utf-8")
    return folder


def _paragraphs(sentences: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for sentence in sentences:
        if sentence:
            parts[-1].append(sentence)
        else:
            parts.append([])
    return [part for part in parts if part]


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]))
