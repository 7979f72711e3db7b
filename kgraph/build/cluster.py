"""Reading on a Dask cluster: the same batches and the same extractions as in this process.

Each worker is given the knowledge and the readers once, by a plugin, also one that joins later or takes the place of
one that was lost; parser and weights come with the kgraph that is installed there, and have to be the same to the byte.
A batch that a lost worker had in hand is read by another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock

from distributed import CancelledError, Client, Future, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker

from kgraph.build.cache import READS, code_digest, versions
from kgraph.build.workers import WAITING, Assignment, Batch, Engine, single_threaded
from kgraph.errors import ReadingError, SettingsError
from kgraph.model.statement import Extraction

LOCAL = "local"
_SECONDS_TO_CONNECT = 10
# How often a batch is given out once more where its reading failed; Dask itself does so where its worker was lost.
_RETRIES = 3
_PLUGIN = "kgraph-reading"


class Reading(WorkerPlugin):
    """What a worker reads with."""

    name = _PLUGIN

    def __init__(self, assignment: Assignment) -> None:
        self.assignment, self.program = assignment, _program(assignment)

    def setup(self, worker: Worker) -> None:
        """Called on each worker, once; raises RuntimeError where its kgraph would read otherwise."""
        single_threaded()
        # The parser is not made for several threads at once.
        self.lock = Lock()
        if _program(self.assignment) != self.program:
            raise RuntimeError(f"{worker.address} has another kgraph, or other versions of the libraries that read")

    def read(self, batch: Batch) -> list[Extraction]:
        """What some documents say."""
        with self.lock:
            return self.assignment.read(batch)


def _program(assignment: Assignment) -> str:
    """A digest of the code and weights that read, and the versions of the libraries."""
    return " ".join((code_digest(READS), *versions(assignment.readers)))


def on_cluster(address: str, jobs: int) -> Engine:
    """An engine that reads on the cluster of a scheduler's address, or (``LOCAL``) on a cluster of ``jobs`` processes
    of this machine.

    It raises SettingsError where nothing answers at the address, or a reader keeps files on this machine; ReadingError
    where workers are lost again and again, or have another kgraph.
    """

    def run(given: Iterable[Batch], assignment: Assignment) -> Iterator[list[Extraction]]:
        if assignment.settings:
            names = ", ".join(assignment.settings)
            raise SettingsError(f"{names} reads files of this machine, which a cluster does not have; leave --dask out")
        with _client(address, jobs) as client:
            yield from _read_on(client, given, assignment)

    return run


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Client]:
    if address == LOCAL:
        local = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=":0")
        with local as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{address}: no Dask scheduler answers there ({error}); start one with `dask scheduler`, and workers with "
            f"`dask worker ADDRESS --nthreads 1`"
        ) from error
    with client:
        yield client


def _read_on(client: Client, given: Iterable[Batch], assignment: Assignment) -> Iterator[list[Extraction]]:
    waiting: deque[Future[list[Extraction]]] = deque()
    try:
        _send(client, assignment)
        for batch in given:
            waiting.append(client.submit(_read, batch, pure=False, retries=_RETRIES))
            if len(waiting) >= WAITING * max(1, len(client.scheduler_info(n_workers=-1)["workers"])):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except (KilledWorker, CancelledError) as error:
        raise ReadingError(
            f"the cluster lost its workers while they read ({error}); what was read is kept: run it again"
        ) from error


def _send(client: Client, assignment: Assignment) -> None:
    try:
        client.register_plugin(Reading(assignment))
    except RuntimeError as error:
        raise ReadingError(f"the cluster cannot read: {error}; install the same kgraph on all machines") from error


def _read(batch: Batch) -> list[Extraction]:
    plugin = get_worker().plugins[_PLUGIN]
    assert isinstance(plugin, Reading)
    return plugin.read(batch)
