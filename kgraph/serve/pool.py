"""The worker processes that answer the queries of all who ask: quick ones at once, heavy ones in turn.

Whether a query is heavy is known only once it has run for a while. Every query starts in a quick worker; one that is
not done after QUICK_SECONDS is heavy and keeps its worker if a heavy place is free, while a new quick worker takes
the place of this one. Where no place is free it is stopped and waits for its turn, to be run anew. So a handful of
heavy queries never stand in the way of small ones.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from kgraph.errors import StoreError
from kgraph.rdf.worker import Task, WorkerProcess, too_long
from kgraph.serve.settings import Settings
from kgraph.serve.worker import Answered, Worker

QUICK_SECONDS = 0.5
# The same while others wait for a quick worker, and how long the first of them must have waited to say so.
HURRIED_SECONDS, _CROWDED_SECONDS = 0.1, 0.25
# How many heavy queries may wait: all together for each place, and of one client.
_WAITING_A_PLACE, _WAITING_A_CLIENT = 16, 8
# When a worker that could not be started is tried again: the machine had no memory or processes left, or a build is
# just replacing the one before.
_AGAIN_SECONDS = 1.0
_MEGABYTE = 1 << 20
# How many queries are remembered as heavy.
_REMEMBERED = 1024


class Busy(Exception):
    """Nobody is free to answer in time; ``seconds`` is when to try again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"try again in {seconds:g} seconds")


class Bench:
    """The quick workers that are free, and who waits for one.

    Who came first is served first. Where the first has waited long while all places for heavy queries are taken
    (``flooded``), too many heavy ones came at once, and whoever came last is served first: most of those who ask are
    then answered at once, and only the crowd waits.
    """

    def __init__(self, flooded: Callable[[], bool]) -> None:
        self._flooded = flooded
        self._free: list[Worker] = []
        self._waiting: deque[tuple[float, asyncio.Future[Worker]]] = deque()

    @property
    def crowded(self) -> bool:
        """Whether somebody has waited long for a worker because of heavy queries."""
        if not self._waiting or not self._flooded():
            return False
        return time.monotonic() - self._waiting[0][0] > _CROWDED_SECONDS

    async def get(self) -> Worker:
        """A worker, as soon as one is free."""
        if self._free:
            return self._free.pop()
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append((time.monotonic(), turn))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.put(turn.result())
            raise

    def put(self, worker: Worker) -> None:
        """A worker that is free."""
        while self._waiting:
            _, turn = self._waiting.pop() if self.crowded else self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._free.append(worker)


class WorkerPool:
    """As many quick workers as ``settings.workers``, and as many places for heavy queries.

    ``version`` tells which build is current: a worker of another one is replaced before it is asked.
    """

    def __init__(self, settings: Settings, version: Callable[[], object]) -> None:
        self._settings, self._version = settings, version
        self._places = asyncio.Semaphore(settings.workers)
        self._free = Bench(self._places.locked)
        self._waiting: Counter[str] = Counter()
        self._heavy: OrderedDict[tuple[object, Task], None] = OrderedDict()
        self._workers: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Start the workers and wait until every one has opened the store; raises StoreError where one cannot."""
        for worker in await asyncio.gather(*(self._started() for _ in range(self._settings.workers))):
            self._free.put(worker)

    async def answer(self, task: Task, client: str = "") -> Answered:
        """The format and bytes of an answer, once all of it is there.

        Raises QueryError, QueryLimitError, and Busy where too many heavy queries wait already.
        """
        worker = None if self._is_heavy(task) else await self._quick()
        if worker is not None and self._is_heavy(task):
            # Somebody who asked the same found it out meanwhile.
            self._put_back(worker)
            worker = None
        if worker is None:
            return await self._in_turn(task, client)
        running, begun = worker.run(task), time.monotonic()
        await self._while_quick(worker, running)
        if running.done():
            self._put_back(worker)
            return running.result()
        self._remember(task)
        if self._places.locked():
            await self._stop(worker, running)
            self._replace()
            return await self._in_turn(task, client)
        async with self._places:
            self._replace()
            try:
                return await self._finish(worker, running, self._settings.timeout - (time.monotonic() - begun))
            finally:
                # Its place among the quick ones is taken by now.
                self._discard(worker)

    async def _while_quick(self, worker: Worker, running: asyncio.Future[Answered]) -> None:
        """Until a query is done, or has had the time of a quick one.

        How long a busy machine lets it wait is not counted.
        """
        begun = time.monotonic()
        while time.monotonic() - begun < self._settings.timeout:
            quick = HURRIED_SECONDS if self._free.crowded else QUICK_SECONDS
            done, _ = await asyncio.wait((running,), timeout=min(quick, self._settings.timeout))
            if done or worker.seconds_of_task >= quick / 2:
                return

    async def _in_turn(self, task: Task, client: str) -> Answered:
        async with self._turn(client):
            worker = await self._started()
            try:
                return await self._finish(worker, worker.run(task), self._settings.timeout)
            finally:
                self._discard(worker)

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        """A place for a heavy query, once it is its turn; raises Busy where too many wait, or it waits too long."""
        seconds = self._settings.timeout
        waiting = self._waiting
        if waiting.total() >= _WAITING_A_PLACE * self._settings.workers or waiting[client] >= _WAITING_A_CLIENT:
            raise Busy(seconds)
        waiting[client] += 1
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise Busy(seconds) from error
        finally:
            waiting[client] -= 1
            if not waiting[client]:
                del waiting[client]
        try:
            yield
        finally:
            self._places.release()

    async def _finish(self, worker: Worker, running: asyncio.Future[Answered], seconds: float) -> Answered:
        done, _ = await asyncio.wait((running,), timeout=max(0.0, seconds))
        if done:
            return running.result()
        await self._stop(worker, running)
        raise too_long(self._settings.timeout)

    async def _quick(self) -> Worker:
        """A free worker of the current build; raises Busy where none is free in time."""
        try:
            async with asyncio.timeout(self._settings.timeout):
                worker = await self._free.get()
        except TimeoutError as error:
            raise Busy(self._settings.timeout) from error
        if worker.version == self._version() and worker.process.alive:
            return worker
        self._discard(worker)
        try:
            return await self._started()
        except StoreError:
            self._replace()
            raise

    def _put_back(self, worker: Worker) -> None:
        if worker.process.alive:
            self._free.put(worker)
        else:
            self._discard(worker)
            self._replace()

    async def _stop(self, worker: Worker, running: asyncio.Future[Answered]) -> None:
        self._discard(worker)
        running.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await running

    def _replace(self) -> None:
        """Start a quick worker while nobody waits for it; tried again until it can be started."""

        async def start() -> None:
            while True:
                try:
                    return self._free.put(await self._started())
                except (StoreError, OSError):
                    await asyncio.sleep(_AGAIN_SECONDS)

        starting = asyncio.ensure_future(start())
        self._starting.add(starting)
        starting.add_done_callback(self._starting.discard)

    async def _started(self) -> Worker:
        memory = self._settings.memory * _MEGABYTE
        worker = Worker(WorkerProcess(self._settings.source, memory), self._version())
        self._workers.add(worker)
        try:
            await worker.open()
        except BaseException:
            self._discard(worker)
            raise
        return worker

    def _discard(self, worker: Worker) -> None:
        self._workers.discard(worker)
        worker.stop()

    def _is_heavy(self, task: Task) -> bool:
        return (self._version(), task) in self._heavy

    def _remember(self, task: Task) -> None:
        self._heavy[self._version(), task] = None
        while len(self._heavy) > _REMEMBERED:
            self._heavy.popitem(last=False)

    def close(self) -> None:
        """Stop all workers."""
        for starting in self._starting:
            starting.cancel()
        for worker in list(self._workers):
            self._discard(worker)
