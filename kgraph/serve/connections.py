"""What one connection may take: uvicorn's protocol with time limits and a share for each client.

uvicorn limits how long a connection may rest between requests, not how long it may take to send one or to read an
answer: a few hundred silent connections would lock everybody out.
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS, BODY_SECONDS, READING_SECONDS = 10.0, 30.0, 60.0
MOST_CONNECTIONS = 500
MOST_OF_A_CLIENT = 100
_MOST_HEADER_BYTES = 1 << 16


class BoundedProtocol(HttpToolsProtocol):
    """A connection that must send its header and its body, and read its answer, in time.

    A connection beyond those that its client may have is closed at once.
    """

    _of_clients: Counter[str] = Counter()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._deadline: asyncio.TimerHandle | None = None
        self._header_bytes = 0
        self._name = self.client[0] if self.client else ""
        self._of_clients[self._name] += 1
        _send_at_once(transport)
        if self._of_clients[self._name] > MOST_OF_A_CLIENT:
            transport.abort()
            return
        self._within(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the client's share back."""
        self._within(None)
        self._of_clients[self._name] -= 1
        if not self._of_clients[self._name]:
            del self._of_clients[self._name]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes between two requests begin the clock, whatever they are."""
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._within(HEADER_SECONDS)
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins: the clock runs anew."""
        super().on_message_begin()
        self._header_bytes = 0
        self._within(HEADER_SECONDS)

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The header is there; the body has its own time."""
        self._within(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is there."""
        self._within(None)
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client does not read what it asked for: it has some time to go on."""
        super().pause_writing()
        self._within(READING_SECONDS)

    def resume_writing(self) -> None:
        """The client has read on."""
        super().resume_writing()
        self._within(None)

    def _within(self, seconds: float | None) -> None:
        """Close the connection unless something else is said within so many seconds; None: it has all the time."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self.transport.abort) if seconds is not None else None

    def _count(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > _MOST_HEADER_BYTES:
            self.transport.abort()


def _send_at_once(transport: asyncio.Transport) -> None:
    """Without this the system holds back the end of an answer for 40 ms; asyncio sees to it for some listeners only."""
    connection: Any = transport.get_extra_info("socket")
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
