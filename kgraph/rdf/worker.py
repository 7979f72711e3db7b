"""A process that answers queries and can be stopped: the engine cannot be interrupted, a process can.

Time is limited from outside by killing the process, memory inside it by the system; a query that crashes the engine takes only the
process with it. Answers come in pieces as the engine finds them.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, cast

from kgraph.errors import QueryError, QueryLimitError, StoreError, UnknownNameError
from kgraph.rdf.query import AS_IT_IS, PROJECT, Answer, Dataset, ask, write_answer
from kgraph.rdf.sparql import with_limit

_START_SECONDS = 120.0
_END_SECONDS, _WATCH_SECONDS = 5.0, 1.0
_PIECE = 1 << 16
# The fewest bytes that a row takes in any format: shorter answers need not be counted.
_SHORTEST_ROW = 1


@dataclass(frozen=True)
class Source:
    """What a worker answers from: a build (folder), or data files served as they are."""

    store: str | None = None
    files: tuple[str, ...] = ()

    @property
    def dataset(self) -> Dataset:
        """How queries see it: the union of a store's graphs; a file's own default graph."""
        return PROJECT if self.store is not None else AS_IT_IS


@dataclass(frozen=True)
class Task:
    """A query; the formats for rows and for triples (the engine tells which it is); the most rows or triples it may give."""

    text: str
    rows: str = "json"
    triples: str = "nt"
    dataset: Dataset = PROJECT
    most: int | None = None


class QueryWorker:
    """One process with the store open; answers one query at a time.

    ``memory`` is in bytes, beyond what the open store takes. Raises StoreError where the process cannot open the store.
    """

    def __init__(self, source: Source, memory: int | None = None) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, source, memory), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def wait(self) -> None:
        """Until the store is open."""
        if not self._ready:
            kind, message = self._receive(time.monotonic() + _START_SECONDS)
            if kind != "ready":
                self.stop()
                raise StoreError(message)
            self._ready = True

    def run(self, task: Task, seconds: float | None = None) -> Iterator[bytes]:
        """The answer in pieces; the first is the name of its format.

        Raises QueryError for a query that is wrong, QueryLimitError for one that takes too long, too much, or crashes the engine; after
        the latter this worker is gone. A caller that stops listening half-way must call ``stop``.
        """
        self.wait()
        deadline = None if seconds is None else time.monotonic() + seconds
        self._connection.send(task)
        while True:
            try:
                kind, content = self._receive(deadline)
            except TimeoutError as error:
                self.stop()
                raise QueryLimitError(
                    "time", f"the query took longer than {seconds:g} seconds and was stopped"
                ) from error
            except (EOFError, ConnectionError) as error:
                raise self._ended() from error
            if kind == "piece":
                yield content
            elif kind == "done":
                return
            elif kind == "limit":
                raise QueryLimitError(*content)
            else:
                raise content

    @property
    def alive(self) -> bool:
        """Whether it can take another query."""
        return self._process.is_alive()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _ended(self) -> QueryLimitError:
        """Why the process is gone: the engine aborts where it gets no memory, and dies of what its parser cannot survive."""
        self._process.join(_END_SECONDS)
        code = self._process.exitcode
        self.stop()
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return QueryLimitError("memory", "the query needs more memory than it may take")
        return QueryLimitError(
            "crash", "the query was too much for the engine; simplify it (fewer or less nested parts)"
        )

    def _receive(self, deadline: float | None) -> tuple[str, Any]:
        if not self._connection.poll(None if deadline is None else max(0.0, deadline - time.monotonic())):
            raise TimeoutError
        found: tuple[str, Any] = self._connection.recv()
        return found


def ask_in_time(location: str, text: str, seconds: float, limit: int | None = None) -> Answer:
    """The answer of a store, or a QueryLimitError after so many seconds; a folder's is found in a process of its own, then read back."""
    import pyoxigraph

    from kgraph.rdf.store import is_url, open_queryable, triples_answer

    if is_url(location):
        return ask(open_queryable(location, seconds), text, limit)
    worker = QueryWorker(Source(location))
    try:
        form, *pieces = worker.run(Task(text if limit is None else with_limit(text, limit)), seconds)
    finally:
        worker.stop()
    content = b"".join(pieces)
    if form != b"nt":
        return pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
    return triples_answer(pyoxigraph.parse(content, pyoxigraph.RdfFormat.N_TRIPLES))


def open_source(source: Source) -> Any:
    """The store of a build, or data files in memory; raises StoreError."""
    import pyoxigraph

    from kgraph.rdf.store import open_store

    if source.store is not None:
        return open_store(source.store)
    store = pyoxigraph.Store()
    for name in source.files:
        path = Path(name)
        ending = path.suffix.lstrip(".").lower()
        form = pyoxigraph.RdfFormat.from_extension(ending)
        # The engine takes .txt for N-Triples and .xml for RDF/XML, which they may be by chance only.
        if form is None or ending in ("txt", "xml", "json"):
            raise StoreError(f"{name}: not an RDF file by its ending; use .ttl, .nt, .nq, .trig, .rdf or .jsonld")
        try:
            if form == pyoxigraph.RdfFormat.RDF_XML and b"<!DOCTYPE" in path.read_bytes():
                raise StoreError(f"{name}: has a DOCTYPE, which is not read (entities can be bombs); remove it")
            store.bulk_load(path=name, format=form, base_iri=path.resolve().as_uri())
        except SyntaxError as error:
            raise StoreError(f"{name}: {error}") from error
        except OSError as error:
            raise StoreError(f"{name}: cannot be read: {error.strerror or error}") from error
    return store


def _serve(connection: Connection, source: Source, memory: int | None) -> None:
    """The process: open the store, then answer until the other end closes."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        store = open_source(source)
        # The engine tells of its own end at length; who asked is told in one line.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if memory is not None:
            _limit_memory(memory)
        _close_the_network()
    except StoreError as error:
        connection.send(("failed", str(error)))
        return
    connection.send(("ready", ""))
    with suppress(EOFError, KeyboardInterrupt, ConnectionError):
        while True:
            task: Task = connection.recv()
            connection.send(_answer(store, task, connection))


def _end_with(parent: int) -> None:
    """A process whose parent was killed ends too, even in the middle of a query: the engine lets other threads run meanwhile."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _close_the_network() -> None:
    """No further files, and so no sockets: whatever the check of the text may overlook, the engine cannot ask anybody.

    A store on disk needs its tables open; with very many the engine opens them when it needs them, and is left to, as it is where the system
    does not tell which are open.
    """
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        return
    links = (descriptors / name for name in os.listdir(descriptors))
    tables = {path for link in links if link.is_symlink() and (path := Path(os.readlink(link))).suffix == ".sst"}
    if all(table in tables for folder in {path.parent for path in tables} for table in folder.glob("*.sst")):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))


def _limit_memory(extra: int) -> None:
    used = (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
        if Path("/proc/self/statm").exists()
        else 0
    )
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, hard))


def _answer(store: Any, task: Task, connection: Connection) -> tuple[str, Any]:
    out = _Pieces(connection, task)
    try:
        # One more than allowed, so that an answer of exactly the limit is not refused.
        answer = ask(store, task.text, None if task.most is None else task.most + 1, task.dataset)
        write_answer(answer, out.begin(answer), cast("IO[bytes]", out), None if task.most is None else task.most + 1)
        out.end()
    except QueryLimitError as error:
        return "limit", (error.limit, str(error))
    except (QueryError, UnknownNameError) as error:
        return "error", QueryError(str(error))
    except MemoryError:
        return "limit", ("memory", "the query needs more memory than it may take")
    return "done", None


class _Pieces:
    """A file that sends what is written into it; counts rows where there is a limit, and then sends only once all are there."""

    def __init__(self, connection: Connection, task: Task) -> None:
        self._connection, self._task = connection, task
        self._buffer = bytearray()
        self._form = ""

    def begin(self, answer: Any) -> str:
        """Say in which format the answer comes."""
        import pyoxigraph

        self._form = self._task.triples if isinstance(answer, pyoxigraph.QueryTriples) else self._task.rows
        self._connection.send(("piece", self._form.encode()))
        return self._form

    def write(self, content: bytes) -> int:
        self._buffer += content
        if self._task.most is None and len(self._buffer) >= _PIECE:
            self._send()
        return len(content)

    def flush(self) -> None:
        """Nothing waits for being flushed."""

    def end(self) -> None:
        """Send the rest, unless there are more rows than allowed."""
        most = self._task.most
        if (
            most is not None
            and len(self._buffer) > most * _SHORTEST_ROW
            and rows_in(bytes(self._buffer), self._form) > most
        ):
            raise QueryLimitError("rows", f"the answer has more than {most} rows")
        self._send()

    def _send(self) -> None:
        for start in range(0, len(self._buffer), _PIECE):
            self._connection.send(("piece", bytes(self._buffer[start : start + _PIECE])))
        self._buffer.clear()


def rows_in(content: bytes, form: str) -> int:
    """How many rows or triples an answer in one of our formats has."""
    import pyoxigraph

    from kgraph.rdf.query import GRAPH_FORMATS, ROW_FORMATS

    if form == "csv":
        csv.field_size_limit(sys.maxsize)
        return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1
    if form in GRAPH_FORMATS:
        return sum(1 for _ in pyoxigraph.parse(content, GRAPH_FORMATS[form]))
    solutions = pyoxigraph.parse_query_results(content, ROW_FORMATS[form])
    return 1 if isinstance(solutions, pyoxigraph.QueryBoolean) else sum(1 for _ in solutions)
