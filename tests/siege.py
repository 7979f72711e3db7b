"""Besieges a server: hostile queries, silent and half-sent connections, readers that do not read; and neighbours.

``python -m tests.siege --minutes 10`` (part of ``make soak``) says which statuses came, how long neighbours waited, and
whether the server's memory grew. The suite runs every hostile query once.
"""

from __future__ import annotations

import argparse
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import urllib3

from kgraph.build.pipeline import build

# What each kind of query is made of; the number grows it.
KINDS: dict[str, Callable[[int], str]] = {
    "product": lambda n: "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(n)) + " }",
    "sorted product": lambda n: (
        "SELECT * { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(n)) + " } ORDER BY ?a0 DESC(?c1) LIMIT 5"
    ),
    "distinct product": lambda n: "SELECT DISTINCT * { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(n)) + " }",
    "constructed product": lambda n: (
        "CONSTRUCT { ?a0 ?b1 ?c1 } { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(n)) + " }"
    ),
    "growing text": lambda n: (
        "SELECT ?x { BIND('xxxxxxxxxxxxxxxx' AS ?t0) "
        + " ".join(f"BIND(CONCAT(?t{i}, ?t{i}, ?t{i}, ?t{i}) AS ?t{i + 1})" for i in range(4 * n))
        + f" BIND(STRLEN(?t{4 * n}) AS ?x) }}"
    ),
    "joined text": lambda n: (
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a0), STR(?c1))) AS ?x) { "
        + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(n))
        + " }"
    ),
    "path": lambda n: "SELECT (COUNT(*) AS ?n) { ?a " + "/".join(["(!<urn:x>)*"] * n) + " ?b }",
    "path both ways": lambda n: "SELECT (COUNT(*) AS ?n) { ?a " + "/".join(["(!<urn:x>|^(!<urn:x>))+"] * n) + " ?b }",
    "optional parts": lambda n: (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c " + " ".join(f"OPTIONAL {{ ?d{i} ?e{i} ?f{i} }}" for i in range(n)) + " }"
    ),
    "alternatives": lambda n: "SELECT * { " + " UNION ".join(["{ ?a ?b ?c . ?d ?e ?f }"] * (20 * n)) + " }",
    "expression": lambda n: f"SELECT * {{ ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '(a+){{1,{9 * n}}}$')) }}",
    "not there": lambda n: (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c " + " ".join(["FILTER NOT EXISTS { ?d ?e ?f . ?g ?h <urn:x> }"] * n) + " }"
    ),
    "many values": lambda n: (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?x{i} {{ {' '.join(map(str, range(400)))} }}" for i in range(n))
        + " }"
    ),
    "nested": lambda n: "ASK " + "{" * (40 * n) + "}" * (40 * n),
    "signs": lambda n: "ASK { FILTER(" + "!" * (900 * n) + "true) }",
    "network": lambda n: (
        "SELECT * { ?s ?p ?x FILTER(?x<5)SERVICE#>\n" * (n - 1)
        + f"SELECT * {{ ?s ?p ?x FILTER(?x<5)SERVICE#>\n<http://127.0.0.1:{n}/> {{ ?a ?b ?c }} }}"
    ),
}
HOSTILE = {f"{name} {n}": make(n) for name, make in KINDS.items() for n in (2, 3, 4, 5)}
NEIGHBOURLY = ("ASK { ?s a neg:Statement }", "SELECT ?who { ?a neg:rejects ?m . ?a skos:prefLabel ?who }")
PAGES = ("/", "/documents", "/statements", "/search?q=plan")
# An answer; wrong; too much of it; too long, or to be tried again later.
EXPECTED = {200, 400, 413, 503}
_BEGINNINGS = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x", b"POST /sparql HTTP/1.1\r\nContent-Length: 9\r\n\r\nque")
_FLAT = 1.3


@dataclass
class Seen:
    """What clients saw: statuses by kind of client, the seconds that neighbours waited, and how often they were told
    to try again."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    told_to_wait: int = 0

    @property
    def unexpected(self) -> dict[tuple[str, int], int]:
        """What should not have come: neighbours are answered, at once or once they are told that there is room."""
        return {
            key: count
            for key, count in self.statuses.items()
            if key[1] not in (EXPECTED if key[0] == "hostile" else {200})
        }


@contextmanager
def server(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen, int]]:
    """A server over a small build, and its port."""
    command = [sys.executable, "-m", "kgraph", "serve", "--store", str(folder), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+?:(\d+)/", process.stderr.readline())
        assert found is not None
        try:
            yield process, int(found.group(1))
        finally:
            process.kill()


def ask(port: int, path: str, source: str) -> int:
    """The status of an answer to somebody who asks from an address of this machine; 0 where none came."""
    with urllib3.HTTPConnectionPool("127.0.0.1", port, source_address=(source, 0), timeout=120, retries=False) as pool:
        try:
            return pool.request("GET", path, headers={"Accept": "text/html,*/*;q=0.5"}).status
        except urllib3.exceptions.HTTPError:
            return 0


def neighbour(port: int, seen: Seen, ended: threading.Event) -> None:
    """Somebody who asks small things, one after the other."""
    paths = [f"/sparql?query={quote(text)}" for text in NEIGHBOURLY] + list(PAGES)
    number = 0
    while not ended.is_set():
        begun = time.monotonic()
        status = ask(port, paths[number % len(paths)], "127.0.0.2")
        if status == 503:
            seen.told_to_wait += 1
        else:
            seen.waited.append(time.monotonic() - begun)
            seen.statuses["neighbour", status] += 1
            number += 1
        ended.wait(0.2)


def hostile(port: int, source: str, queries: list[str], seen: Seen, ended: threading.Event) -> None:
    """Somebody who asks hostile things, one after the other."""
    for text in queries:
        if ended.is_set():
            return
        seen.statuses["hostile", ask(port, f"/sparql?query={quote(text)}", source)] += 1


def silent(port: int, chance: random.Random, ended: threading.Event) -> None:
    """Somebody who opens connections and says nothing, or half of something."""
    held: list[socket.socket] = []
    while not ended.is_set():
        with suppress(OSError):
            found = socket.create_connection(("127.0.0.1", port), 5, ("127.0.0.9", 0))
            found.sendall(chance.choice(_BEGINNINGS))
            held.append(found)
        while len(held) > 120:
            held.pop(0).close()
        ended.wait(0.05)
    for found in held:
        found.close()


def memory(process: subprocess.Popen) -> int:
    """The kilobytes that a process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found.group(1))


def besiege(folder: Path, seconds: float, seed: int, *options: str) -> tuple[Seen, list[int]]:
    """Heavy and silent clients and a neighbour for so long; gives what they saw, and the server's memory by and by."""
    chance, seen, ended, held = random.Random(seed), Seen(), threading.Event(), []
    with server(folder, *options) as (process, port):
        queries = [[chance.choice(list(HOSTILE.values())) + f" # {n}" for n in range(10_000)] for _ in range(4)]
        threads = [
            threading.Thread(target=hostile, args=(port, f"127.0.0.{10 + number}", texts, seen, ended))
            for number, texts in enumerate(queries)
        ]
        threads += [
            threading.Thread(target=silent, args=(port, chance, ended)),
            threading.Thread(target=neighbour, args=(port, seen, ended)),
        ]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            time.sleep(min(10.0, seconds / 6))
            held.append(memory(process))
        ended.set()
        for thread in threads:
            thread.join()
    return seen, held


def small_build(folder: Path) -> Path:
    """A build of a few texts."""
    (folder / "in").mkdir()
    for number in range(10):
        text = f"Sweden rejected the {number + 10}-point plan. Peru proposed the Cuzco plan on Tuesday."
        (folder / "in" / f"d{number}.txt").write_text(text, encoding="utf-8")
    return build([folder / "in"], folder / "out").folder


def main() -> None:
    """A long siege, by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        seen, held = besiege(small_build(Path(name)), 60 * given.minutes, given.seed, "--timeout", "10")
    waited = sorted(seen.waited)
    print("statuses:", dict(sorted(seen.statuses.items())))
    print(f"neighbours waited {waited[len(waited) // 2]:.3f} s, 99 of 100 {waited[len(waited) * 99 // 100]:.3f} s")
    print(f"neighbours were told {seen.told_to_wait} times to try again")
    print(f"memory: {held[len(held) // 3]} kB after a third, {held[-1]} kB at the end")
    if seen.unexpected or held[-1] > _FLAT * held[len(held) // 3]:
        sys.exit(f"unexpected: {seen.unexpected or 'memory grows'}")


if __name__ == "__main__":
    main()
