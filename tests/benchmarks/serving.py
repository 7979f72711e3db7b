"""How many queries a second ``kgraph serve`` answers beside ``oxigraph serve-read-only``, on one machine in one run.

Both serve the same synthetic store to 1, 8 and 32 clients who keep their connections; every query gives five rows,
and no two that follow each other are the same. Run with ``python -m tests.benchmarks.serving [SECONDS]``.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import urllib3

from kgraph.knowledge import load_knowledge
from kgraph.namespaces import PREFIXES
from kgraph.rdf.store import MANIFEST, FolderTarget, graph_entry, in_spool, memory_store
from kgraph.rdf.store.manifest import Manifest
from tests.benchmarks.history import History
from tests.synthetic import quads, random_moves

CLIENTS = (1, 8, 32)
SECONDS = 5.0
STATEMENTS = 5_000
QUERY = """SELECT ?s ?who ?what WHERE {{
  ?s rdf:predicate neg:rejects ; rdf:subject ?who ; rdf:object ?what .
}} OFFSET {offset} LIMIT 5"""
VARIANTS = 200


@dataclass(frozen=True)
class Measured:
    """What clients saw: answers a second, and the milliseconds within which half and 99 of 100 came."""

    rate: float
    half: float
    most: float


def build_store(folder: Path) -> None:
    """A store as a build leaves it, of made statements."""
    store = memory_store(quads(random_moves(STATEMENTS, 500, 400), load_knowledge()))
    graphs: dict[str, list] = {}
    for quad in store:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    manifest = Manifest((), {name: graph_entry(found) for name, found in graphs.items()}, None, ())
    with in_spool(graphs) as spool:
        FolderTarget(folder).replace(None, manifest, spool)
    assert (folder / MANIFEST).exists()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server, until it answers and then until it is no longer needed."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    urllib3.request("GET", f"http://127.0.0.1:{port}/", retries=False)
                    break
                except urllib3.exceptions.HTTPError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()


def requests(path: str, port: int) -> list[bytes]:
    """The requests that clients send in turn."""
    prologue = "".join(f"PREFIX {name}: <{address}>\n" for name, address in PREFIXES.items())
    return [
        (
            f"GET {path}?query={quote(prologue + QUERY.format(offset=number))} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Accept: application/sparql-results+json\r\n\r\n"
        ).encode()
        for number in range(VARIANTS)
    ]


async def answer(reader: asyncio.StreamReader) -> bytes:
    """The body of the next answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    if length:
        return await reader.readexactly(int(length.group(1)))
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return body


async def client(port: int, asked: list[bytes], start: int, until: float, times: list[float]) -> None:
    """Ask one query after the other over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    place = start
    while (begun := time.perf_counter()) < until:
        writer.write(asked[place % len(asked)])
        body = await answer(reader)
        times.append(time.perf_counter() - begun)
        place += 1
    assert len(json.loads(body)["results"]["bindings"]) == 5
    writer.close()


async def measure(port: int, path: str, clients: int, seconds: float) -> Measured:
    """What so many clients see."""
    times: list[float] = []
    asked = requests(path, port)
    begun = time.perf_counter()
    until = begun + seconds
    await asyncio.gather(*(client(port, asked, 7 * n, until, times) for n in range(clients)))
    spent = time.perf_counter() - begun
    times.sort()
    return Measured(len(times) / spent, 1000 * times[len(times) // 2], 1000 * times[int(len(times) * 0.99)])


def main(seconds: float) -> None:
    """Print both servers side by side, with the ratios."""
    theirs = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if theirs is None:
        sys.exit("this needs `oxigraph` (pip install oxigraph)")
    history = History("serving")
    with tempfile.TemporaryDirectory() as place:
        build_store(Path(place))
        ports = free_port(), free_port()
        ours_command = [sys.executable, "-m", "kgraph", "serve", "--store", place, "--port", str(ports[0])]
        location = str((Path(place) / "store").resolve())
        their_command = [theirs, "serve-read-only", "--location", location, "--bind", f"127.0.0.1:{ports[1]}"]
        with running(ours_command, ports[0]), running([*their_command, "--union-default-graph"], ports[1]):
            asyncio.run(measure(ports[0], "/sparql", 2, 1.0))
            print("clients   kgraph/s  oxigraph/s  share   p50 ms        p99 ms        p99 ratio", flush=True)
            for clients in CLIENTS:
                ours = asyncio.run(measure(ports[0], "/sparql", clients, seconds))
                other = asyncio.run(measure(ports[1], "/query", clients, seconds))
                print(
                    f"{clients:7}  {ours.rate:9.0f}  {other.rate:10.0f}  {ours.rate / other.rate:5.2f}   "
                    f"{ours.half:5.1f} : {other.half:<5.1f} {ours.most:6.1f} : {other.most:<6.1f} "
                    f"{ours.most / other.most:5.2f}",
                    flush=True,
                )
                shares = {"share": ours.rate / other.rate, "p99 ratio": ours.most / other.most}
                history.note(f"{clients} clients", {"queries a second": ours.rate, **shares})


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
