"""Asking the model about documents: what there is to ask, what it will cost, and the answers, kept as they come."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, current_thread, main_thread
from typing import Protocol

from kgraph.errors import ServiceError
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.conversation import conversation
from kgraph.extract.llm.request import Request
from kgraph.extract.llm.sentences import Window, windows
from kgraph.model.document import Document
from kgraph.progress import Progress, silent

# How often the main thread looks up while it waits, so that Ctrl-C is answered at once.
_GLANCE_SECONDS = 0.2


@dataclass(frozen=True)
class Reply:
    """What a service answered, and the tokens that it counted (0 where it counts none)."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class Service(Protocol):
    """Whoever answers a request."""

    def ask(self, request: Request) -> Reply:
        """The answer to a request; raises ServiceError where there is none after all tries."""


@dataclass(frozen=True)
class Estimate:
    """About what asking will take: requests, and tokens sent and answered."""

    requests: int
    tokens_in: int
    tokens_out: int

    @property
    def tokens(self) -> int:
        """All tokens."""
        return self.tokens_in + self.tokens_out


@dataclass
class Outcome:
    """What came of asking: how many requests were answered, the tokens they took, and what failed, by request.

    ``unasked`` requests were left because the budget was spent or somebody stopped.
    """

    answered: int = 0
    tokens: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    unasked: int = 0
    stopped: bool = False


def to_ask(documents: Iterable[Document], answers: Answers) -> list[Request]:
    """The requests about documents that no answer is kept for."""
    found = (conversation(window, answers).following for d in documents for window in windows(d))
    return [request for request in found if request is not None]


def unanswered(documents: Iterable[Document], answers: Answers) -> list[str]:
    """The ids of documents about which not everything was answered."""
    return [d.id for d in documents if any(conversation(w, answers).checked is None for w in windows(d))]


def estimate(requests: Sequence[Request]) -> Estimate:
    """About what these requests will take; what is asked again because an answer does not hold comes on top."""
    return Estimate(len(requests), sum(r.tokens_in for r in requests), sum(r.tokens_out for r in requests))


def ask(
    requests: Sequence[Request],
    answers: Answers,
    service: Service,
    parallel: int = 1,
    budget: int | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Ask what there is to ask, ``parallel`` requests at once, and keep each answer as soon as it is there.

    An answer in which something does not hold is asked for once more. Ctrl-C stops the asking: what is under way is
    waited for and kept, what was paid for is not lost; a second one raises KeyboardInterrupt.
    """
    run = _Run(answers, service, budget)
    pool = ThreadPoolExecutor(max_workers=parallel)
    under_way: set[Future[None]] = {pool.submit(run.converse, request) for request in requests}
    try:
        with _stopping(run.outcome):
            while under_way:
                done, under_way = wait(under_way, timeout=_GLANCE_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
                progress("asking the language model", len(requests) - len(under_way), len(requests))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return run.outcome


@contextmanager
def _stopping(outcome: Outcome) -> Iterator[None]:
    """Ctrl-C is noted the first time, and is a KeyboardInterrupt the second; signals reach the main thread alone."""

    def note(number: int, frame: object) -> None:
        if outcome.stopped:
            raise KeyboardInterrupt
        outcome.stopped = True

    if current_thread() is not main_thread():
        yield
        return
    previous = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


class _Run:
    """One run of asking, from several threads."""

    def __init__(self, answers: Answers, service: Service, budget: int | None) -> None:
        self.answers, self.service, self.budget = answers, service, budget
        self.outcome = Outcome()
        self._under_way = 0
        self._lock = Lock()

    def converse(self, first: Request) -> None:
        """Ask a request, and the one that follows from its answer."""
        request: Request | None = first
        while request is not None:
            if not self._may_ask(request):
                return
            try:
                reply = self.service.ask(request)
            except ServiceError as error:
                with self._lock:
                    self._under_way -= request.tokens
                    self.outcome.failed[request.name] = str(error)
                return
            with self._lock:
                self._under_way -= request.tokens
                self.answers.keep(request, reply.text, reply.tokens_in, reply.tokens_out)
                self.outcome.answered += 1
                used = reply.tokens_in + reply.tokens_out
                self.outcome.tokens += used or request.tokens
            request = self._following(request.window)

    def _may_ask(self, request: Request) -> bool:
        with self._lock:
            expected = self.outcome.tokens + self._under_way + request.tokens
            if self.outcome.stopped or self.budget is not None and expected > self.budget:
                self.outcome.unasked += 1
                return False
            self._under_way += request.tokens
            return True

    def _following(self, window: Window) -> Request | None:
        return conversation(window, self.answers).following
