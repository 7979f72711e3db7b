"""Kills builds and damages their files at random: nothing that was read is lost, and the next build mends the rest.

``python -m tests.soak --rounds 200 --seed 1`` (``make soak``); the suite runs a few rounds of each. A line each ten
rounds says what was seen so far; ``--only kill`` leaves out the other part.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import networkx

from kgraph.build.opening import open_build
from kgraph.build.pack import unpack
from kgraph.build.pipeline import build
from kgraph.errors import KGraphError
from kgraph.link.judgements import JUDGEMENTS, active, read_log
from kgraph.rdf.store.manifest import read_manifest
from tests.judging import judge

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# What is done over and over until it is stopped: builds that change every document, a judgement and its withdrawal,
# an export and a pack. It says the number of each step that it begins.
_LOOP = """
import signal, sys
for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(name, signal.SIG_DFL)
from kgraph.build.pipeline import build
from kgraph.build.opening import open_build
from tests.judging import judge
from kgraph.build.pack import pack
from kgraph.export import export
one, two, out, files = sys.argv[1:]
def withdraw():
    from pathlib import Path
    from kgraph.link.judgements import JUDGEMENTS, active, read_log
    for judgement in active(read_log(Path(out) / JUDGEMENTS)):
        judge(out, "undo", judgement.id, "they are two", who="desk")
steps = (
    lambda: build([one], out, prune=True),
    lambda: judge(out, "merge", "Kenya", "they are one", others=["Peru"], who="desk"),
    lambda: pack(out, files + "/build.zip"),
    lambda: build([two], out, prune=True),
    withdraw,
    lambda: export(open_build(out), "gexf", files + "/network.gexf"),
)
withdraw()
for number in range(1000):
    print(number, flush=True)
    steps[number % len(steps)]()
"""
# What every text says besides, and what a judgement makes one party of.
_BESIDES = " Kenya and Peru will meet on Friday."


def write(folder: Path, texts: dict[str, str]) -> Path:
    """A folder of texts."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """The documents of a build."""
    return {document.id: document.text for document in open_build(folder).documents()}


def kill_builds(folder: Path, rounds: int, seed: int) -> Counter[str]:
    """Stop builds that go to and fro between two sets of documents, and what is done between them; each time the
    build is one or the other, whole, and so is each file.

    Gives how often each set was seen.
    """
    chance = random.Random(seed)
    wordings = {"one": (8, "Sweden rejected the {}-point plan."), "two": (5, "Chile signed the {}-point plan.")}
    sources = {
        name: write(folder / name, {f"d{i}": words.format(i + 10) + _BESIDES for i in range(count)})
        for name, (count, words) in wordings.items()
    }
    known = {name: texts(build([place], folder / f"of-{name}").folder) for name, place in sources.items()}
    out, files = folder / "out", write(folder / "files", {})
    build([sources["one"]], out)
    seen: Counter[str] = Counter()
    for number in range(rounds):
        command = [sys.executable, "-c", _LOOP, *map(str, (*sources.values(), out, files))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            for _ in range(1 + number % 6):
                process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.6))
            process.send_signal(chance.choice(SIGNALS))
            said = process.stderr.read().decode()
        assert "Error" not in said, f"seed {seed}, round {number}: {said}"
        manifest, documents = read_manifest(out), texts(out)
        assert len(open_build(out).store) == manifest.quads
        (name,) = (name for name, expected in known.items() if expected == documents)
        seen[name] += 1
        read_log(out / JUDGEMENTS)
        _check_whole(files, known)
        _report("killed, and seen afterwards", number + 1, seen)
    for judgement in active(read_log(out / JUDGEMENTS)):
        judge(out, "undo", judgement.id, "they are two", who="desk")
    (out / JUDGEMENTS).unlink(missing_ok=True)
    build([sources["two"]], out, prune=True)
    assert (out / "graph.ttl").read_bytes() == (folder / "of-two" / "graph.ttl").read_bytes()
    return seen


def _report(what: str, rounds: int, counts: Counter[str]) -> None:
    """Every ten rounds, what was seen so far: a part that is stopped has said something."""
    if rounds % 10 == 0:
        print(f"{time.strftime('%H:%M:%S')} {what}: {dict(counts)}", flush=True)


def _check_whole(files: Path, known: dict[str, dict[str, str]]) -> None:
    """Files that were being written are not there yet, or are whole."""
    if (files / "network.gexf").exists():
        networkx.read_gexf(files / "network.gexf")
    if (files / "build.zip").exists():
        with tempfile.TemporaryDirectory() as place:
            assert texts(unpack(files / "build.zip", Path(place) / "out").folder) in known.values()


# What may happen to a file.


def _cut(path: Path, chance: random.Random, others: list[Path]) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(max(1, path.stat().st_size))])


def _delete(path: Path, chance: random.Random, others: list[Path]) -> None:
    path.unlink()


def _flip(path: Path, chance: random.Random, others: list[Path]) -> None:
    content = bytearray(path.read_bytes()) or bytearray(b"\0")
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _swap(path: Path, chance: random.Random, others: list[Path]) -> None:
    other = chance.choice(others)
    one, two = path.read_bytes(), other.read_bytes()
    path.write_bytes(two)
    other.write_bytes(one)


DAMAGES = (_cut, _delete, _flip, _swap)


def damage_files(folder: Path, rounds: int, seed: int) -> Counter[str]:
    """Damage one file of a build at a time; the next build has every document, or is refused and has them with
    ``anew``.

    A mark that lists too little is removed by hand, as its message says. Gives how often each thing happened.
    """
    chance = random.Random(seed)
    source = write(folder / "in", {"a": "Sweden rejected the 12-point plan.", "b": "Peru proposed the Cuzco plan."})
    sound = build([source], folder / "sound")
    graph, expected = (sound.folder / "graph.ttl").read_bytes(), texts(sound.folder)
    counts: Counter[str] = Counter()
    for number in range(rounds):
        place = folder / f"round-{number}"
        shutil.copytree(sound.folder, place, symlinks=True)
        files = sorted(path for path in place.rglob("*") if path.is_file() and not path.is_symlink())
        damaged = chance.choice(files)
        how = chance.choice(DAMAGES)
        how(damaged, chance, [path for path in files if path != damaged])
        said = f"seed {seed}, round {number}: {how.__name__} {damaged.relative_to(place)}"
        try:
            build([source / "a.txt"], place)
            counts["mended"] += 1
        except KGraphError as error:
            counts["refused"] += 1
            assert str(place) in str(error), said
            (place / ".kgraph").unlink(missing_ok=True)
            build([source / "a.txt"], place, anew=True)
        assert texts(place) == expected, said
        assert (place / "graph.ttl").read_bytes() == graph, said
        shutil.rmtree(place)
        _report("damaged", number + 1, counts)
    return counts


PARTS = {"damage": damage_files, "kill": kill_builds}


def main() -> None:
    """Many rounds, by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=PARTS, help="one part alone")
    given = parser.parse_args()
    for part in (given.only,) if given.only else PARTS:
        with tempfile.TemporaryDirectory() as name:
            counts = PARTS[part](Path(name), given.rounds, given.seed)
            print(f"{part}, {given.rounds} rounds with seed {given.seed}, all held: {dict(counts)}", flush=True)


if __name__ == "__main__":
    main()
