"""The service that is asked: anything that speaks the OpenAI protocol, through OpenAI's own client.

The key comes from the environment (OPENAI_API_KEY) and goes to the service alone: it is in no message, file or log.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import openai

from kgraph.errors import ServiceError, SettingsError
from kgraph.extract.llm.asking import Reply
from kgraph.extract.llm.request import Request, answer_schema
from kgraph.extract.llm.settings import LlmSettings

KEY = "OPENAI_API_KEY"
HOSTED = "https://api.openai.com/v1"
# The client itself waits longer from try to try, as the service's Retry-After says or by twice as long.
TRIES = 6
SECONDS = 300.0
LONGEST_ANSWER = 4_000_000
# Services without a key of their own want to see one all the same.
_NO_KEY = "none"
_LONGEST_MESSAGE = 200

Options = dict[str, Any]


def structured() -> Options:
    """What asks a service for JSON of the answer's schema."""
    schema = {"name": "statements", "schema": answer_schema(), "strict": False}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def _ways() -> list[Options]:
    """How to ask, from the most to the least that a service may know: some refuse a temperature, some a schema."""
    return [
        {**structured(), "temperature": 0},
        structured(),
        {"response_format": {"type": "json_object"}},
        {},
    ]


def _check_address(url: str) -> None:
    """Raises SettingsError for what is not the address of a service, or holds a secret: addresses are shown."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(f"{url.rpartition('@')[2]!r} is not the address of a service: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"{url!r} is not the address of a service; write http://HOST:PORT/v1 or https://HOST/v1")
    if parts.username is not None or parts.query:
        raise SettingsError(f"an address with a name, password or ? in it is not taken; set the key as {KEY}")


class Client:
    """A service with an address; raises SettingsError where address or key are missing, or the address is none."""

    def __init__(self, settings: LlmSettings, tries: int = TRIES, seconds: float = SECONDS) -> None:
        self._key = os.environ.get(KEY, "")
        self._url = settings.url or HOSTED
        if settings.url is None and not self._key:
            raise SettingsError(f"say where the language model is with --llm-url, or set {KEY} for {HOSTED}")
        _check_address(self._url)
        self._model = settings.model
        self._ways, self._known = _ways(), 0
        transport = _Bounded(httpx.HTTPTransport(), seconds)
        self._client = openai.OpenAI(
            base_url=self._url,
            api_key=self._key or _NO_KEY,
            max_retries=tries - 1,
            timeout=httpx.Timeout(seconds, connect=20.0),
            http_client=httpx.Client(transport=transport, follow_redirects=False),
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, request: Request) -> Reply:
        """The answer to a request; raises ServiceError where there is none after all tries."""
        number = self._known
        while True:
            try:
                reply = self._asked(request, self._ways[number])
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                number += 1
                if number == len(self._ways):
                    raise ServiceError(self._said(error)) from error
            except (openai.OpenAIError, httpx.HTTPError, ValueError) as error:
                raise ServiceError(self._said(error)) from error
            else:
                # Only an answer tells that the service refused the way of asking, and not what was asked.
                self._known = number
                return reply

    def _asked(self, request: Request, way: Options) -> Reply:
        messages = cast(Any, list(request.messages))
        found = self._client.chat.completions.create(model=self._model, messages=messages, **way)
        if isinstance(found, str) or not found.choices:
            raise ServiceError(f"{self._url}: the answer of the service has no choices")
        usage = found.usage
        return Reply(
            found.choices[0].message.content or "",
            usage.prompt_tokens if usage is not None else 0,
            usage.completion_tokens if usage is not None else 0,
        )

    def _said(self, error: Exception) -> str:
        """What went wrong, in one line without the key."""
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return f"{self._url}: the service refuses the key ({error.status_code}); set {KEY}"
        if isinstance(error, openai.APITimeoutError):
            return f"{self._url}: no complete answer in time"
        if isinstance(error, openai.APIConnectionError):
            cause = error.__cause__ or error
            return f"{self._url}: cannot be reached: {self._plain(cause)}"
        return f"{self._url}: {self._plain(error)}"

    def _plain(self, error: BaseException) -> str:
        line = " ".join(str(error).split()) or type(error).__name__
        return (line.replace(self._key, "…") if self._key else line)[:_LONGEST_MESSAGE]


class _Bounded(httpx.BaseTransport):
    """A transport whose answers end: after so many seconds in all, and after so many bytes."""

    def __init__(self, inner: httpx.BaseTransport, seconds: float) -> None:
        self._inner, self._seconds = inner, seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See ``httpx.BaseTransport``."""
        until = time.monotonic() + self._seconds
        response = self._inner.handle_request(request)
        stream = cast(httpx.SyncByteStream, response.stream)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_BoundedStream(stream, until, request),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """See ``httpx.BaseTransport``."""
        self._inner.close()


class _BoundedStream(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, until: float, request: httpx.Request) -> None:
        self._inner, self._until, self._request = inner, until, request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._inner:
            size += len(chunk)
            if time.monotonic() > self._until:
                raise httpx.ReadTimeout("the answer takes too long", request=self._request)
            if size > LONGEST_ANSWER:
                raise httpx.ReadTimeout("the answer is too long", request=self._request)
            yield chunk

    def close(self) -> None:
        self._inner.close()
