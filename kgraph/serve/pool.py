"""A few worker processes that answer the queries of all who ask."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import suppress

from kgraph.rdf.worker import QueryWorker, Task
from kgraph.serve.settings import Settings

_MEGABYTE = 1 << 20


class WorkerPool:
    """Workers with the store open, each for one query at a time; a worker that was killed is replaced while nobody waits for it.

    ``version`` tells which build is current: a worker of another one is replaced before it is asked.
    """

    def __init__(self, settings: Settings, version: Callable[[], object]) -> None:
        self._settings = settings
        self._version = version
        self._free: queue.Queue[tuple[object, QueryWorker]] = queue.Queue()
        for _ in range(settings.workers):
            self._free.put(self._started())

    def answer(self, task: Task) -> tuple[str, bytes]:
        """The format and bytes of an answer, once all of it is there; waits for a free worker. Raises QueryError, QueryLimitError."""
        made_for, worker = self._free.get()
        try:
            if made_for != self._version() or not worker.alive:
                worker.stop()
                made_for, worker = self._started()
            form, *pieces = worker.run(task, self._settings.timeout)
            return form.decode(), b"".join(pieces)
        finally:
            if worker.alive:
                self._free.put((made_for, worker))
            else:
                self._free.put(self._started())

    def wait(self) -> None:
        """Until every worker has opened the store; raises StoreError where one cannot."""
        held = [self._free.get() for _ in range(self._settings.workers)]
        for _, worker in held:
            worker.wait()
        for pair in held:
            self._free.put(pair)

    def close(self) -> None:
        """Stop all workers that are free; the others end with the server."""
        with suppress(queue.Empty):
            while True:
                self._free.get_nowait()[1].stop()

    def _started(self) -> tuple[object, QueryWorker]:
        return self._version(), QueryWorker(self._settings.source, self._settings.memory * _MEGABYTE)
