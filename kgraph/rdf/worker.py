"""A process that answers queries and can be stopped: the engine cannot be interrupted, a process can.

Time is limited from outside by killing the process, memory inside it by the system; a query that crashes the engine
takes only the process with it, and no query can reach the network. Answers come in pieces as the engine finds them.
What the process itself does stands in ``kgraph.rdf.answering``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any

import pyoxigraph

from kgraph.errors import QueryError, QueryLimitError, StoreError
from kgraph.rdf.query import AS_IT_IS, PROJECT, Answer, Dataset, Queryable, ask
from kgraph.rdf.sparql import may_ask_the_network, with_limit
from kgraph.rdf.store import is_url, open_queryable, triples_answer

_START_SECONDS = 120.0
_END_SECONDS = 5.0
_PROGRAM = "import sys; from kgraph.rdf.answering import main; main(int(sys.argv[1]))"


@dataclass(frozen=True)
class Source:
    """What a worker answers from: a build (folder), or data files served as they are.

    Of a build, ``confidence`` leaves out the statements that are read less surely, ``negotiation`` (an IRI, "": none)
    those of others.
    """

    store: str | None = None
    files: tuple[str, ...] = ()
    confidence: float = 0.0
    negotiation: str = ""

    @property
    def dataset(self) -> Dataset:
        """How queries see it: the union of a store's graphs; a file's own default graph."""
        return PROJECT if self.store is not None else AS_IT_IS


@dataclass(frozen=True)
class Task:
    """A query; the formats for rows and triples (the engine tells which); the most rows or triples it may give."""

    text: str
    rows: str = "json"
    triples: str = "nt"
    dataset: Dataset = PROJECT
    most: int | None = None


def interpreter(program: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """A new interpreter that runs a program text: nothing of the program that starts it is run a second time, whatever
    script that may be. It finds the same modules as this one, but none that happen to lie in the working folder.
    """
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-P", "-c", program, *arguments],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        **options,
    )


class WorkerProcess:
    """One process with the store open, and our end of the pipe to it."""

    def __init__(self, source: Source, memory: int | None = None) -> None:
        ours, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            self.process = interpreter(_PROGRAM, str(number), pass_fds=[number], stdout=subprocess.DEVNULL)
        self.connection = ours
        self.connection.send((source, memory))

    @property
    def alive(self) -> bool:
        """Whether it can take another query."""
        return self.process.poll() is None

    @property
    def pid(self) -> int:
        """The process."""
        return self.process.pid

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self.connection.close()

    def ended(self) -> QueryLimitError:
        """Why the process is gone: the engine aborts where it gets no memory, and dies of what it cannot parse."""
        try:
            code = self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        self.stop()
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return QueryLimitError("memory", "the query needs more memory than it may take")
        return QueryLimitError(
            "crash", "the query was too much for the engine; simplify it (fewer or less nested parts)"
        )


def failure(kind: str, content: tuple[str, ...]) -> QueryError:
    """What went wrong, from the message that says so."""
    return QueryLimitError(*content) if kind == "limit" else QueryError(*content)


def too_long(seconds: float) -> QueryLimitError:
    """What a query is told that was stopped at its time limit."""
    return QueryLimitError("time", f"the query took longer than {seconds:g} seconds and was stopped")


class QueryWorker:
    """A worker process for a caller who waits; answers one query at a time.

    ``memory`` is in bytes, beyond what the open store takes. Raises StoreError where the process cannot open the store.
    """

    def __init__(self, source: Source, memory: int | None = None) -> None:
        self._worker = WorkerProcess(source, memory)
        self._ready = False

    @property
    def connection(self) -> Connection[Any, Any]:
        """Our end of the pipe."""
        return self._worker.connection

    def wait(self) -> None:
        """Until the store is open."""
        if self._ready:
            return
        try:
            kind, message = self._receive(time.monotonic() + _START_SECONDS)
        except (EOFError, ConnectionError, TimeoutError) as error:
            self.stop()
            raise StoreError("the process that answers queries could not be started") from error
        if kind != "ready":
            self.stop()
            raise StoreError(message)
        self._ready = True

    def run(self, task: Task, seconds: float | None = None) -> Iterator[bytes]:
        """The answer in pieces; the first is the name of its format.

        Raises QueryError for a query that is wrong, QueryLimitError for one that takes too long, too much, or crashes
        the engine; after the latter this worker is gone. A caller that stops listening half-way must call ``stop``.
        """
        self.wait()
        deadline = None if seconds is None else time.monotonic() + seconds
        self.connection.send(task)
        while True:
            try:
                kind, content = self._receive(deadline)
            except TimeoutError as error:
                self.stop()
                raise too_long(seconds or 0) from error
            except (EOFError, ConnectionError) as error:
                raise self._worker.ended() from error
            if kind == "answer":
                form, whole = content
                yield from (form.encode(), whole)
                return
            if kind == "piece":
                yield content
            elif kind == "done":
                return
            else:
                raise failure(kind, content)

    @property
    def alive(self) -> bool:
        """Whether it can take another query."""
        return self._worker.alive

    @property
    def pid(self) -> int:
        """The process."""
        return self._worker.pid

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._worker.stop()

    def _receive(self, deadline: float | None) -> tuple[str, Any]:
        if not self.connection.poll(None if deadline is None else max(0.0, deadline - time.monotonic())):
            raise TimeoutError
        found: tuple[str, Any] = self.connection.recv()
        return found


def ask_safely(
    location: str,
    text: str,
    seconds: float | None = None,
    limit: int | None = None,
    confidence: float = 0.0,
    store: Queryable | None = None,
    negotiation: str = "",
) -> Answer:
    """The answer to whatever anybody asks, found where no query can reach the network.

    A text that cannot ask the network is answered in this process, from ``store`` where that is open already; any
    other, and one that may take ``seconds`` at most or see only statements of some ``confidence`` or of a
    ``negotiation`` (an IRI), in a process of its own. Raises QueryError, QueryLimitError, StoreError.
    """
    here = is_url(location) or not may_ask_the_network(text)
    if here and seconds is None and not confidence and not negotiation:
        return ask(store if store is not None else open_queryable(location), text, limit)
    return ask_in_time(location, text, seconds, limit, confidence, negotiation)


def ask_in_time(
    location: str,
    text: str,
    seconds: float | None,
    limit: int | None = None,
    confidence: float = 0.0,
    negotiation: str = "",
) -> Answer:
    """The answer of a store, or a QueryLimitError after so many seconds (None: no limit).

    A folder's is found in a process of its own, which cannot reach the network, then read back; the URL's by its
    server.
    """
    if is_url(location) and not confidence and not negotiation:
        return ask(open_queryable(location, seconds), text, limit)
    worker = QueryWorker(Source(location, confidence=confidence, negotiation=negotiation))
    try:
        form, *pieces = worker.run(Task(text if limit is None else with_limit(text, limit)), seconds)
    finally:
        worker.stop()
    content = b"".join(pieces)
    if form != b"nt":
        return pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
    return triples_answer(pyoxigraph.parse(content, pyoxigraph.RdfFormat.N_TRIPLES))
