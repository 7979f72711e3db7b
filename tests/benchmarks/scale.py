"""A build's cost by the number of its documents: from nothing, with nothing changed, with one document changed; its
memory, stage by stage; what a second process and a cluster of two gain.

The corpus is made of the texts of ``training/texts``, cut into passages of a few sentences: each document has some of
them, in paragraphs, and a day of its own. Up to MOST_READ documents are really read. For more, only the passages are
read, each as a document of its own, and what was read in a passage is moved to where it stands in each document and put
into the cache of the build. So what follows reading is measured at any size without hours of it: statements, names and
triples are about as many as reading would find, but nothing refers from one paragraph to another, and new names end
where the passages do. Reading itself takes as long for each document however many there are.

Each figure is of a process of its own: wall seconds, processor seconds (with those of its children) and peak resident
megabytes (of the largest). On a machine that others use, compare processor seconds: a pool that gains nothing spends
more of them.

python -m tests.benchmarks.scale [DOCUMENTS ...]    300 and 1,000 unless told otherwise (half an hour). With --quick 20,
and no second way of reading: two minutes; with --quick 10000 an hour. Builds read in as many processes as the machine
has cores.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import reduce
from pathlib import Path
from typing import Any

from psutil import Process

from kgraph.build.cache import ExtractionCache
from kgraph.build.folder import CACHE_FOLDER, claim_folder
from kgraph.build.pipeline import build
from kgraph.build.reading import engine_for, extract_with
from kgraph.build.workers import Assignment
from kgraph.extract.registry import DEFAULT_READERS
from kgraph.files import write_file
from kgraph.knowledge import load_knowledge
from kgraph.model.document import Document
from kgraph.model.record import from_json, to_json
from kgraph.model.statement import Extraction, Span
from kgraph.sources.documents import read_documents
from tests.benchmarks.history import History, arguments

TEXTS = Path(__file__).parent.parent.parent / "training" / "texts"
WORDS = 300
# Of a passage.
SENTENCES = 4
# The most documents that are really read.
MOST_READ = 300
# The most documents whose build with one changed is compared with one from nothing, which takes as long as the first.
MOST_COMPARED = 2_000
PASSAGES, ALL_BUT_READING = "passages.jsonl", "all but reading"
_DAYS = 2_000
_WAYS = {"one process": (1, None), "two processes": (2, None), "Dask, two workers": (2, "local")}
SAME = ("graph.ttl", "manifest.json", "network.html", "timeline.html", "analysis.html")


@dataclass(frozen=True)
class Cost:
    """Wall seconds, processor seconds, peak resident megabytes, and the megabytes that were taken when each stage of a
    build began.
    """

    wall: float
    processor: float
    megabytes: float
    stages: dict[str, float] = field(default_factory=dict)

    def figures(self) -> dict[str, float]:
        """All of them by name."""
        stages = {f"before {stage}": megabytes for stage, megabytes in self.stages.items()}
        return {"wall": self.wall, "processor": self.processor, "megabytes": self.megabytes, **stages}


def passages() -> list[str]:
    """The texts of ``training/texts`` in passages of a few sentences."""
    lines = (line for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    texts = ([sentence for sentence in json.loads(line)["sents"] if sentence] for line in lines)
    return [" ".join(text[start : start + SENTENCES]) for text in texts for start in range(0, len(text), SENTENCES)]


def made(count: int, seed: int = 7) -> Iterator[tuple[str, date, list[int]]]:
    """The name of each document, its day, and the places of its passages: about WORDS words each."""
    chance, words = random.Random(seed), [len(passage.split()) for passage in passages()]
    for number in range(count):
        chosen: list[int] = []
        while sum(words[place] for place in chosen) < WORDS:
            chosen.append(chance.randrange(len(words)))
        yield f"d{number:05}", date(2019, 1, 1) + timedelta(days=chance.randrange(_DAYS)), chosen


def corpus(folder: Path, count: int) -> Path:
    """A folder of so many documents."""
    texts = passages()
    folder.mkdir(parents=True, exist_ok=True)
    for name, day, chosen in made(count):
        text = "\n\n".join(texts[place] for place in chosen)
        (folder / f"{name}.txt").write_text(f"---\npublished: {day}\n---\n{text}\n", encoding="utf-8")
    return folder


def read_passages(out: Path) -> Path:
    """What is read in each passage by itself, a line of JSON each, in a file."""
    documents = [Document(f"p{place}", text, published="2021-06-15") for place, text in enumerate(passages())]
    engine = engine_for(os.cpu_count() or 1)
    with open(out, "w", encoding="utf-8") as lines:
        for _, extraction in extract_with(documents, Assignment(load_knowledge(), DEFAULT_READERS), engine):
            lines.write(to_json(extraction) + "\n")
    return out


def fill(texts: Path, output: Path, count: int, readings: Path) -> None:
    """Put into the cache of a build what was read in the passages of its documents."""
    claim_folder(output)
    cache = ExtractionCache(output, load_knowledge(), DEFAULT_READERS)
    read = [from_json(line) for line in readings.read_text(encoding="utf-8").splitlines()]
    wordings = passages()
    for document, (_, _, chosen) in zip(read_documents([texts]), made(count), strict=True):
        end, parts = document.body, []
        for place in chosen:
            start = document.text.index(wordings[place], end)
            end = start + len(wordings[place])
            parts.append(moved(read[place], start, document))
        cache.put(cache.key(document), joined(parts))


def moved(value: Any, by: int, document: Document) -> Any:
    """A part of an extraction as if its text stood further on, in a document."""
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple(moved(item, by, document) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    told = {"document": document.id, "reported_on": document.published}
    return replace(
        value, **{f.name: told.get(f.name) or moved(getattr(value, f.name), by, document) for f in fields(value)}
    )


def joined(parts: Iterable[Extraction]) -> Extraction:
    """The extractions of the parts of a document as one."""

    def both(one: Extraction, other: Extraction) -> Extraction:
        return replace(
            one,
            statements=one.statements + other.statements,
            mentions=one.mentions + other.mentions,
            abstentions=one.abstentions + other.abstentions,
        )

    return reduce(both, parts)


@contextmanager
def measured() -> Iterator[list[Cost]]:
    """What the block costs this process and its children."""
    found: list[Cost] = []
    start, before = time.perf_counter(), _processor()
    yield found
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found.append(Cost(time.perf_counter() - start, _processor() - before, max(u.ru_maxrss for u in usage) / 1024))


def _processor() -> float:
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in usage)


def apart(*arguments: object) -> Cost:
    """The cost of a step in a process of its own, interpreter and imports included."""
    code = "import sys; from tests.benchmarks.scale import step; step(*sys.argv[1:])"
    with measured() as found:
        ran = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, check=True)
    own = json.loads(ran.stdout)
    return Cost(found[0].wall, found[0].processor, own["megabytes"], own["stages"])


def step(name: str, *given: str) -> None:
    """What ``apart`` runs: a build, or the reading of a folder by an engine into a file."""
    stages: dict[str, float] = {}
    with measured() as found:
        if name == "build":
            build(
                [given[0]],
                given[1],
                jobs=os.cpu_count() or 1,
                progress=lambda stage, *_: stages.setdefault(stage, resident()),
            )
        else:
            jobs, address = _WAYS[given[1]]
            engine = engine_for(jobs, address)
            documents = list(read_documents([given[0]]))[: int(given[2])]
            with open(given[3], "w", encoding="utf-8") as out:
                for _, extraction in extract_with(documents, Assignment(load_knowledge(), DEFAULT_READERS), engine):
                    out.write(to_json(extraction) + "\n")
    print(json.dumps(asdict(replace(found[0], stages=stages))))


def resident() -> float:
    """The megabytes that this process takes now."""
    return Process().memory_info().rss / 2**20


def change_one(folder: Path) -> None:
    """Add a sentence to one document."""
    path = sorted(folder.iterdir())[len(list(folder.iterdir())) // 2]
    write_file(path, path.read_bytes() + b"Norway rejected the plan of the mediators on Friday.\n")


def growth(place: Path, count: int) -> Iterator[tuple[str, Cost]]:
    """A build of so many documents, and again; up to MOST_COMPARED, what it wrote last is what a build from nothing
    writes.

    That one has the readings of the first: what a document says does not depend on what was built before, and
    tests/test_workers.py compares readings. All that follows them is done anew.
    """
    texts, out, clean = corpus(place / f"texts-{count}", count), place / f"out-{count}", place / f"clean-{count}"
    if count > MOST_READ:
        fill(texts, out, count, place / PASSAGES)
    yield "from nothing" if count <= MOST_READ else ALL_BUT_READING, apart("build", texts, out)
    yield "nothing changed", apart("build", texts, out)
    yield "nothing changed, at rest", apart("build", texts, out)
    change_one(texts)
    yield "one document changed", apart("build", texts, out)
    if count <= MOST_COMPARED:
        claim_folder(clean)
        shutil.copytree(out / CACHE_FOLDER, clean / CACHE_FOLDER, dirs_exist_ok=True)
        yield f"{ALL_BUT_READING}, again", apart("build", texts, clean)
        # What a changed document costs is worth nothing if the result is not that of a clean build.
        for name in SAME:
            assert (out / name).read_bytes() == (clean / name).read_bytes(), f"{name} is not that of a clean build"
    for folder in (texts, out, clean):
        shutil.rmtree(folder, ignore_errors=True)


def readers(place: Path, count: int) -> dict[str, tuple[Cost, Cost]]:
    """What each way of reading costs for two documents (its start-up) and for so many; all read the same."""
    texts = corpus(place / f"texts-{count}", count)
    found = {}
    for way in _WAYS:
        few, many = (apart("read", texts, way, number, place / f"{way}-{number}") for number in (2, count))
        found[way] = few, many
        same = (place / f"{way}-{count}").read_bytes() == (place / f"one process-{count}").read_bytes()
        assert same, f"{way}: reads something else than one process"
    return found


def main() -> None:
    """Measure and print."""
    quick, counts = arguments(__doc__, [300, 1_000], [20])
    history = History("scale")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if max(counts) > MOST_READ:
            read_passages(place / PASSAGES)
        for count in counts:
            print(f"{f'{count} documents':40}{'wall s':>10}{'processor s':>14}{'peak MB':>10}")
            first: tuple[str, float] | None = None
            for name, cost in growth(place, count):
                print(f"{name:40}{cost.wall:10.1f}{cost.processor:14.1f}{cost.megabytes:10.0f}", flush=True)
                history.note(f"{count} documents, {name}", cost.figures())
                if first is None:
                    first = name, cost.processor
                    for stage, megabytes in cost.stages.items():
                        print(f"{f'  MB before {stage}':64}{megabytes:10.0f}")
                else:
                    history.compare(f"build of {count} documents, {name}", "s", cost.processor, *first)
        if quick:
            return
        ways = readers(place, counts[0])
        start, alone = ways["one process"]
        print(f"\n{f'reading {counts[0]} documents':40}{'wall s':>10}{'processor s':>14}{'start-up':>10}{'gain':>8}")
        for name, (few, cost) in ways.items():
            gain = (alone.wall - start.wall) / (cost.wall - few.wall)
            print(f"{name:40}{cost.wall:10.1f}{cost.processor:14.1f}{few.wall:10.1f}{gain:8.2f}")
            history.note(f"reading {counts[0]} documents, {name}", {**cost.figures(), "start": few.wall, "gain": gain})
        print("\nOne changed document gives the bytes of a clean build; all ways of reading give the same bytes.")


if __name__ == "__main__":
    main()
