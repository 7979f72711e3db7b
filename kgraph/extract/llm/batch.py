"""Requests and answers as files of OpenAI's batch format, one JSON object a line.

Hosted services take it at half the price, vLLM's batch runner reads it too, and it is a way into rooms without a
network.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgraph.errors import DocumentError
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.client import structured
from kgraph.extract.llm.request import Request

_ENDPOINT = "/v1/chat/completions"


def request_lines(requests: Iterable[Request], model: str) -> Iterator[bytes]:
    """The lines of a file of requests."""
    for request in requests:
        line = {
            "custom_id": request.name,
            "method": "POST",
            "url": _ENDPOINT,
            "body": {"model": model, "messages": list(request.messages), **structured()},
        }
        yield f"{json.dumps(line, ensure_ascii=False)}\n".encode()


@dataclass
class Received:
    """What a file of answers had: how many were kept, and what was wrong with others, by request."""

    kept: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def receive(path: Path, requests: Sequence[Request], answers: Answers) -> Received:
    """Keep the answers of a file that answer these requests.

    ``unknown`` are answers to something else: to other texts, or to requests of another version. Raises DocumentError
    for a file that cannot be read, naming the line.
    """
    by_name = {request.name: request for request in requests}
    found = Received()
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        name, body, error = _entry(line, f"{path}:{number}")
        if name not in by_name:
            found.unknown.append(name)
        elif error is not None:
            found.failed[name] = error
        else:
            usage = body.get("usage")
            text = body["choices"][0]["message"]["content"] or ""
            answers.keep(by_name[name], text, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))
            found.kept += 1
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(str(path), f"cannot be read: {error}", "give the file of answers of a batch") from error


def _entry(line: str, where: str) -> tuple[str, dict[str, Any], str | None]:
    """The name of the request that a line answers, the body of the answer, and what went wrong with it."""
    try:
        entry = json.loads(line)
        name = entry["custom_id"]
        response = entry.get("response") or {}
        body = response.get("body") or {}
        if entry.get("error") or response.get("status_code", 200) != 200:
            return str(name), {}, str(entry.get("error") or body)[:200]
        content = body["choices"][0]["message"]["content"]
        if not isinstance(content, str | None):
            raise TypeError("the content of its message is not a string")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise DocumentError(where, f"is not a line of a file of answers: {error!r}", "see docs/llm.md") from error
    return str(name), body, None


def _count(usage: object, name: str) -> int:
    """A number of tokens, 0 where a service does not tell it."""
    value = usage.get(name) if isinstance(usage, dict) else None
    return value if isinstance(value, int) else 0
