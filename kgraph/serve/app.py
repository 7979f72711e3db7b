"""The web application, and how it is run."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph.errors import StoreError
from kgraph.serve import editing, pages, protocol
from kgraph.serve.connections import MOST_CONNECTIONS, BoundedProtocol
from kgraph.serve.settings import Settings
from kgraph.serve.state import State

_BACKLOG = 512
_IDLE_SECONDS = 5
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class SafeHeaders:
    """Headers that keep browsers from guessing, framing and leaking; a page's own policy stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, headed if scope["type"] == "http" else send)


def make_app(settings: Settings, ready: Callable[[], None] | None = None) -> Starlette:
    """The application over a graph; ``ready`` is told once questions are answered.

    Raises StoreError where the source cannot be opened.
    """
    state = State(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await state.pool.open()
            if ready is not None:
                ready()
            yield
        finally:
            state.close()

    middleware = [
        Middleware(SafeHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=[*settings.hosts], www_redirect=False),
    ]
    if settings.cors:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[settings.cors],
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Content-Type"],
            )
        )
    routes = [
        Route("/sparql", protocol.sparql, methods=["GET", "POST"]),
        Route("/graphs", protocol.graphs),
        Route("/", pages.home),
        Route("/search", pages.search),
        Route("/statements", pages.statements),
        Route("/documents", pages.documents),
        Route("/query", pages.query_page),
        Route("/labels", pages.labels, methods=["POST"]),
        Route("/id/{path:path}", pages.thing),
        Route("/network.html", pages.drawn),
        Route("/timeline.html", pages.drawn),
        Route("/analysis.html", pages.drawn),
        Route("/static/{name}", pages.static),
    ]
    if settings.edit:
        routes += [
            Route("/judge", editing.judge),
            Route("/judgements", editing.judgements, methods=["GET", "POST"]),
            Route("/build", editing.rebuild, methods=["POST"]),
        ]
    app = Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={Exception: _failed, 404: _unknown, StoreError: _failed},
    )
    app.state.kgraph = state
    return app


def _unknown(request: Request, _: Exception) -> Response:
    return PlainTextResponse(f"there is nothing at {quote(request.url.path)}; begin at /\n", 404)


def _failed(_: Request, error: Exception) -> Response:
    message = (
        str(error)
        if isinstance(error, StoreError)
        else "the server could not answer this; it goes on with other requests"
    )
    return PlainTextResponse(f"{message}\n", 500)


def serve(
    settings: Settings, host: str = "127.0.0.1", port: int = 7200, ready: Callable[[str], None] | None = None
) -> None:
    """Serve until stopped; ``ready`` is told the address once the store is open and questions are answered.

    Port 0 takes a free one. Raises StoreError where the source cannot be opened or the address is taken.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise StoreError(f"{host}:{port}: cannot be used ({error.strerror}); choose another with --port") from error
    name = f"[{host}]" if ":" in host else host

    def tell() -> None:
        if ready is not None:
            ready(f"http://{name}:{listener.getsockname()[1]}/")

    app = make_app(settings, tell)
    try:
        listener.listen(_BACKLOG)
        config = uvicorn.Config(
            app,
            http=BoundedProtocol,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_IDLE_SECONDS,
            lifespan="on",
            ws="none",
        )
        # The server ends in good order at the first Ctrl-C and then passes the signal on; it has done its work.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        app.state.kgraph.pool.close()
        listener.close()
