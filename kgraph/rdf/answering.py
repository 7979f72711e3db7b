"""The process that answers queries for others: opens a store, gives up what no query may reach, and answers."""

from __future__ import annotations

import csv
import io
import os
import resource
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph
from pyoxigraph import Store

from kgraph.errors import QueryError, QueryLimitError, StoreError, UnknownNameError
from kgraph.model.selection import Selection
from kgraph.rdf.excerpt import without
from kgraph.rdf.query import GRAPH_FORMATS, ROW_FORMATS, Answer, ask, write_answer
from kgraph.rdf.read import stored_statements
from kgraph.rdf.store import open_store
from kgraph.rdf.worker import Source, Task

_WATCH_SECONDS = 1.0
_PIECE = 1 << 16
# The fewest bytes that a row takes in any format: shorter answers need not be counted.
_SHORTEST_ROW = 1


def main(descriptor: int) -> None:
    """Answer what comes through a pipe, until its other end closes."""
    connection: Connection[Any, Any] = Connection(descriptor)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, KeyboardInterrupt, ConnectionError):
        source, memory = connection.recv()
        try:
            store = open_source(source)
        except StoreError as error:
            connection.send(("failed", str(error)))
            return
        # The engine tells of its own end at length; who asked is told in one line.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if memory is not None:
            _limit_memory(memory)
        _close_the_network()
        connection.send(("ready", ""))
        while True:
            connection.send(_answer(store, connection.recv(), connection))


def open_source(source: Source) -> Store:
    """The store of a build, or data files in memory; raises StoreError."""
    if source.store is None:
        return _open_files(source.files)
    _keep_every_table_open()
    store = open_store(source.store)
    selection = Selection(confidence=source.confidence, negotiation=source.negotiation)
    if not selection:
        return store
    statements = stored_statements(store)
    return without(store, statements, selection.apply(statements))


def _open_files(files: tuple[str, ...]) -> Store:
    store = Store()
    for name in files:
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


def _end_with(parent: int) -> None:
    """End when the parent was killed, even in the middle of a query: the engine lets other threads run meanwhile."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _keep_every_table_open() -> None:
    """As many open files as the system allows: the engine need not close tables of a large store to open others."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _close_the_network() -> None:
    """No further files, and so no sockets: whatever the check of the text may overlook, the engine cannot ask anybody.

    A store on disk needs its tables open; with very many the engine opens them when it needs them, and is left to, as
    it is where the system does not tell which are open.
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
    pages = Path("/proc/self/statm")
    used = int(pages.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE") if pages.exists() else 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, hard))


def _answer(store: Store, task: Task, connection: Connection[Any, Any]) -> tuple[str, Any]:
    """Send the pieces of an answer; gives the message that ends it."""
    out = _Pieces(connection, task)
    # One more than allowed, so that an answer of exactly the limit is not refused.
    most = None if task.most is None else task.most + 1
    try:
        answer = ask(store, task.text, most, task.dataset)
        write_answer(answer, out.begin(answer), cast("IO[bytes]", out), most)
        return out.end()
    except QueryLimitError as error:
        return "limit", (error.limit, str(error))
    except (QueryError, UnknownNameError) as error:
        return "error", (str(error),)
    except MemoryError:
        return "limit", ("memory", "the query needs more memory than it may take")


class _Pieces:
    """A file that sends what is written into it; where rows are limited, only once all are there and counted."""

    def __init__(self, connection: Connection[Any, Any], task: Task) -> None:
        self._connection, self._task = connection, task
        self._buffer = bytearray()
        self._form, self._begun = "", False

    def begin(self, answer: Answer) -> str:
        """Say in which format the answer comes."""
        self._form = self._task.triples if isinstance(answer, pyoxigraph.QueryTriples) else self._task.rows
        return self._form

    def write(self, content: bytes) -> int:
        self._buffer += content
        if self._task.most is None and len(self._buffer) >= _PIECE:
            self._send()
        return len(content)

    def flush(self) -> None:
        """Nothing waits for being flushed."""

    def end(self) -> tuple[str, Any]:
        """The message that ends the answer, a short one whole; raises QueryLimitError where it has too many rows."""
        most = self._task.most
        long = most is not None and len(self._buffer) > most * _SHORTEST_ROW
        if most is not None and long and rows_in(bytes(self._buffer), self._form) > most:
            raise QueryLimitError("rows", f"the answer has more than {most} rows")
        if not self._begun and len(self._buffer) <= _PIECE:
            return "answer", (self._form, bytes(self._buffer))
        self._send()
        return "done", None

    def _send(self) -> None:
        if not self._begun:
            self._connection.send(("piece", self._form.encode()))
            self._begun = True
        for start in range(0, len(self._buffer), _PIECE):
            self._connection.send(("piece", bytes(self._buffer[start : start + _PIECE])))
        self._buffer.clear()


def rows_in(content: bytes, form: str) -> int:
    """How many rows or triples an answer in one of our formats has."""
    if form == "csv":
        csv.field_size_limit(sys.maxsize)
        return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1
    if form in GRAPH_FORMATS:
        return sum(1 for _ in pyoxigraph.parse(content, GRAPH_FORMATS[form]))
    solutions = pyoxigraph.parse_query_results(content, ROW_FORMATS[form])
    return 1 if isinstance(solutions, pyoxigraph.QueryBoolean) else sum(1 for _ in solutions)
