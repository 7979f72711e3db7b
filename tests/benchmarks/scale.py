"""A build's cost by the number of its documents: from nothing, with nothing changed, with one document changed; its
memory; what a second process and a cluster of two gain.

The corpus is made of the texts of ``training/texts``: the sentences of each document come from a few of them, in the
order of these, with a day of its own. Each figure is of a process of its own: wall seconds, processor seconds (with
those of its children) and peak resident megabytes (of the largest). On a machine that others use, compare processor
seconds: a pool that gains nothing spends more of them.

python -m tests.benchmarks.scale [DOCUMENTS ...]    300 and 1,000 unless told otherwise (forty minutes). With --quick 20,
and no second way of reading: two minutes. Builds read in as many processes as the machine has cores.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from kgraph.build.folder import CACHE_FOLDER, claim_folder
from kgraph.build.pipeline import build
from kgraph.build.reading import engine_for, extract_with
from kgraph.build.workers import Assignment
from kgraph.extract.registry import DEFAULT_READERS
from kgraph.files import write_file
from kgraph.knowledge import load_knowledge
from kgraph.model.record import to_json
from kgraph.sources.documents import read_documents
from tests.benchmarks.history import History, arguments

TEXTS = Path(__file__).parent.parent.parent / "training" / "texts"
WORDS = 300
_DAYS = 2_000
_WAYS = {"one process": (1, None), "two processes": (2, None), "Dask, two workers": (2, "local")}
SAME = ("graph.ttl", "manifest.json", "network.html", "timeline.html", "analysis.html")


@dataclass(frozen=True)
class Cost:
    """Wall seconds, processor seconds, and peak resident megabytes."""

    wall: float
    processor: float
    megabytes: float


def corpus(folder: Path, count: int, seed: int = 7) -> Path:
    """A folder of so many documents of about WORDS words each."""
    chance = random.Random(seed)
    lines = (line for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    texts = [[sentence for sentence in json.loads(line)["sents"] if sentence] for line in lines]
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        sentences, words = [], 0
        while words < WORDS:
            text = chance.choice(texts)
            start = chance.randrange(len(text))
            for sentence in text[start : start + 6]:
                sentences.append(sentence)
                words += len(sentence.split())
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(_DAYS))
        content = f"---\npublished: {day}\n---\n{' '.join(sentences)}\n"
        (folder / f"d{number:05}.txt").write_text(content, encoding="utf-8")
    return folder


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
    return Cost(found[0].wall, found[0].processor, own["megabytes"])


def step(name: str, *given: str) -> None:
    """What ``apart`` runs: a build, or the reading of a folder by an engine into a file."""
    with measured() as found:
        if name == "build":
            build([given[0]], given[1], jobs=os.cpu_count() or 1)
        else:
            jobs, address = _WAYS[given[1]]
            engine = engine_for(jobs, address)
            documents = list(read_documents([given[0]]))[: int(given[2])]
            with open(given[3], "w", encoding="utf-8") as out:
                for _, extraction in extract_with(documents, Assignment(load_knowledge(), DEFAULT_READERS), engine):
                    out.write(to_json(extraction) + "\n")
    print(json.dumps(asdict(found[0])))


def change_one(folder: Path) -> None:
    """Add a sentence to one document."""
    path = sorted(folder.iterdir())[len(list(folder.iterdir())) // 2]
    write_file(path, path.read_bytes() + b"Norway rejected the plan of the mediators on Friday.\n")


def growth(place: Path, count: int) -> Iterator[tuple[str, Cost]]:
    """A build of so many documents, and again; what it wrote last is what a build from nothing writes.

    That one has the readings of the first: what a document says does not depend on what was built before, and
    tests/test_workers.py compares readings. All that follows them is done anew.
    """
    texts, out, clean = corpus(place / f"texts-{count}", count), place / f"out-{count}", place / f"clean-{count}"
    yield "from nothing", apart("build", texts, out)
    yield "nothing changed", apart("build", texts, out)
    yield "nothing changed, at rest", apart("build", texts, out)
    change_one(texts)
    yield "one document changed", apart("build", texts, out)
    claim_folder(clean)
    shutil.copytree(out / CACHE_FOLDER, clean / CACHE_FOLDER, dirs_exist_ok=True)
    yield "all but reading", apart("build", texts, clean)
    # What a changed document costs is worth nothing if the result is not that of a clean build.
    for name in SAME:
        assert (out / name).read_bytes() == (clean / name).read_bytes(), f"{name} is not that of a clean build"


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
        print(f"{'build':40}{'wall s':>10}{'processor s':>14}{'peak MB':>10}")
        for count in counts:
            first = 0.0
            for name, cost in growth(place, count):
                print(
                    f"{f'{count} documents, {name}':40}{cost.wall:10.1f}{cost.processor:14.1f}{cost.megabytes:10.0f}",
                    flush=True,
                )
                history.note(f"{count} documents, {name}", asdict(cost))
                if name == "from nothing":
                    first = cost.processor
                else:
                    history.compare(f"build of {count} documents, {name}", "s", cost.processor, "from nothing", first)
        if quick:
            return
        ways = readers(place, counts[0])
        start, alone = ways["one process"]
        print(f"\n{f'reading {counts[0]} documents':40}{'wall s':>10}{'processor s':>14}{'start-up':>10}{'gain':>8}")
        for name, (first, cost) in ways.items():
            gain = (alone.wall - start.wall) / (cost.wall - first.wall)
            print(f"{name:40}{cost.wall:10.1f}{cost.processor:14.1f}{first.wall:10.1f}{gain:8.2f}")
            history.note(f"reading {counts[0]} documents, {name}", {**asdict(cost), "start": first.wall, "gain": gain})
        print("\nOne changed document gives the bytes of a clean build; all ways of reading give the same bytes.")


if __name__ == "__main__":
    main()
