"""A worker process as the event loop sees it.

Answers are taken apart as they arrive, not by a task that reads them: for a small answer the turns of the loop would
else take as long as the engine.
"""

from __future__ import annotations

import asyncio
import math
import os
import struct
import time
from multiprocessing.reduction import ForkingPickler
from pickle import loads
from socket import socket
from typing import Any, cast

from kgraph.errors import StoreError
from kgraph.rdf.worker import Task, WorkerProcess, failure

Answered = tuple[str, bytes]
_START_SECONDS = 120.0
_NOT_STARTED = "the process that answers queries could not be started"
# The length before each message, as ``multiprocessing.connection`` writes it.
_LENGTH = struct.Struct("!i")
# The clock of all that a process has had of a processor, from its number (clock_getcpuclockid of Linux).
_ITS_CLOCK, _SHIFT = 2, 3


class Worker(asyncio.Protocol):
    """A worker process, which answers one query at a time; ``version`` is the build that it has open."""

    def __init__(self, process: WorkerProcess, version: object) -> None:
        self.process, self.version = process, version
        self._received = bytearray()
        self._pieces: list[bytes] = []
        self._before: float | None = None
        self._opened: asyncio.Future[None]
        self._answer: asyncio.Future[Answered] | None = None
        self._transport: asyncio.Transport | None = None

    async def open(self) -> None:
        """Until the store is open; raises StoreError where it cannot be opened."""
        loop = asyncio.get_running_loop()
        self._opened = loop.create_future()
        await loop.create_connection(lambda: self, sock=socket(fileno=os.dup(self.process.connection.fileno())))
        try:
            async with asyncio.timeout(_START_SECONDS):
                await self._opened
        except TimeoutError as error:
            raise StoreError(_NOT_STARTED) from error

    @property
    def seconds_of_task(self) -> float:
        """What the query that runs has had of a processor; infinite where the system does not tell."""
        now = processor_seconds(self.process.pid)
        return math.inf if now is None or self._before is None else now - self._before

    def run(self, task: Task) -> asyncio.Future[Answered]:
        """The format and bytes of an answer to come, or its QueryError or QueryLimitError."""
        assert self._transport is not None, "it is open"
        self._before = processor_seconds(self.process.pid)
        self._answer = asyncio.get_running_loop().create_future()
        message = bytes(ForkingPickler.dumps(task))
        self._transport.write(_LENGTH.pack(len(message)) + message)
        return self._answer

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._transport is not None:
            self._transport.abort()
        self.process.stop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The pipe is open; the store is not yet."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Bytes of messages, however they are cut."""
        self._received += data
        begin = 0
        while len(self._received) >= begin + _LENGTH.size:
            start = begin + _LENGTH.size
            end = start + _LENGTH.unpack_from(self._received, begin)[0]
            if len(self._received) < end:
                break
            self._take(*loads(memoryview(self._received)[start:end].toreadonly()))
            begin = end
        del self._received[:begin]

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone."""
        if not self._opened.done():
            self._opened.set_exception(StoreError(_NOT_STARTED))
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(self.process.ended())

    def _take(self, kind: str, content: Any) -> None:
        """One message of the process; see ``kgraph.rdf.answering``."""
        if kind == "ready":
            self._opened.set_result(None)
        elif kind == "failed":
            self._opened.set_exception(StoreError(content))
        elif self._answer is None or self._answer.done():
            return
        elif kind == "answer":
            self._answer.set_result((content[0], content[1]))
        elif kind == "piece":
            self._pieces.append(content)
        elif kind == "done":
            form, *pieces = self._pieces
            self._pieces.clear()
            self._answer.set_result((form.decode(), b"".join(pieces)))
        else:
            self._pieces.clear()
            self._answer.set_exception(failure(kind, content))


def processor_seconds(pid: int) -> float | None:
    """What a process has had of a processor, in seconds; None where the system does not tell."""
    try:
        return time.clock_gettime(~pid << _SHIFT | _ITS_CLOCK)
    except OSError:
        return None
