"""A service of the OpenAI protocol on loopback that plays what it is told, and notes what it was asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

Scene = Callable[["_Handler", dict[str, Any]], None]


def answer(text: str) -> Scene:
    """A good answer."""

    def play(handler: _Handler, asked: dict[str, Any]) -> None:
        handler.reply(200, completion(text))

    return play


def status(code: int, message: str = "no", **headers: str) -> Scene:
    """An error of the service."""

    def play(handler: _Handler, asked: dict[str, Any]) -> None:
        handler.reply(code, {"error": {"message": message}}, headers)

    return play


def slow(otherwise: Scene, seconds: float = 1.0) -> Scene:
    """A service that thinks before it answers."""

    def play(handler: _Handler, asked: dict[str, Any]) -> None:
        time.sleep(seconds)
        otherwise(handler, asked)

    return play


def knows_no(option: str, otherwise: Scene) -> Scene:
    """A service that refuses requests with an option."""

    def play(handler: _Handler, asked: dict[str, Any]) -> None:
        if option in asked:
            handler.reply(400, {"error": {"message": f"{option} is not supported"}})
        else:
            otherwise(handler, asked)

    return play


def dropped(handler: _Handler, asked: dict[str, Any]) -> None:
    """The connection is cut in the middle of an answer."""
    body = json.dumps(completion('{"statements": []}')).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def trickling(handler: _Handler, asked: dict[str, Any]) -> None:
    """An answer that comes byte by byte and does not end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def completion(text: str) -> dict[str, Any]:
    """An answer of the protocol with this text."""
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "played",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


@dataclass
class Played:
    """A running service: its address, what it plays (the last scene again and again), and what it was asked."""

    url: str
    scenes: list[Scene]
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    played: Played
    lock: Lock

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.lock:
            self.played.asked.append(asked)
            self.played.keys.append(self.headers.get("Authorization", ""))
            scenes = self.played.scenes
            scene = scenes.pop(0) if len(scenes) > 1 else scenes[0]
        try:
            scene(self, asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, code: int, content: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def playing(*scenes: Scene) -> Iterator[Played]:
    """A service that plays these scenes, one a request."""
    handler = type("Handler", (_Handler,), {"lock": Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    played = Played(f"http://127.0.0.1:{server.server_address[1]}/v1", list(scenes))
    handler.played = played
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
