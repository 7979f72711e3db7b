"""Who reads: this process, several processes of this machine, or a Dask cluster (see ``cluster``).

What a document says is a pure function of the document, the knowledge and the readers, so that it does not matter where
it is read, nor beside which others: an engine is handed batches, and gives their extractions in the same order. What
readers need (parser, weights, knowledge) is loaded once a process, by ``Assignment``.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import active_children, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from kgraph.errors import ReadingError
from kgraph.extract.reader import Reader
from kgraph.extract.registry import Settings, readers
from kgraph.knowledge import Knowledge
from kgraph.model.document import Document
from kgraph.model.statement import Extraction

# What goes to a worker at once: enough to be worth the way (a second or two of reading), and little enough that all
# end at about the same time.
MOST_DOCUMENTS, MOST_CHARACTERS = 16, 16_000
# How many batches wait for each worker, so that none is idle and memory stays flat.
WAITING = 3
# The libraries compute on small arrays: threads of theirs would only take the cores from the other processes.
_SINGLE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS")

Batch = list[Document]

# What is said of processes that are gone, by whether anything was read.
_KILLED = (
    "one of {} reading processes was killed, often for lack of memory; what was read is kept: run it again, with fewer "
    "--jobs"
)
_NEVER_BEGAN = (
    "one of {} reading processes ended before anything was read; a script that builds in several processes must do so "
    "below `if __name__ == '__main__':`, and where memory is short, fewer --jobs help"
)


@dataclass(frozen=True)
class Assignment:
    """How documents are to be read; a value that other processes are handed once."""

    knowledge: Knowledge
    readers: tuple[str, ...]
    settings: Settings = field(default_factory=lambda: MappingProxyType({}))

    def read(self, batch: Batch) -> list[Extraction]:
        """What some documents say, in their order."""
        # Loads spaCy, which a build does without when the cache has everything.
        from kgraph.extract.extraction import extract

        return [extraction for _, extraction in extract(batch, self.knowledge, self._readers)]

    @cached_property
    def _readers(self) -> tuple[Reader, ...]:
        return readers(self.readers, self.settings)

    def __getstate__(self) -> Mapping[str, object]:
        # Parser and weights are loaded where they are needed; a proxy of a mapping cannot be sent.
        return {"knowledge": self.knowledge, "readers": self.readers, "settings": dict(self.settings)}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)


Engine = Callable[[Iterable[Batch], Assignment], Iterator[list[Extraction]]]


def batches(documents: Iterable[Document]) -> Iterator[Batch]:
    """Documents in batches of about one length in characters, in their order; a long document is one of its own."""
    batch: Batch = []
    length = 0
    for document in documents:
        if batch and (len(batch) == MOST_DOCUMENTS or length + len(document.text) > MOST_CHARACTERS):
            yield batch
            batch, length = [], 0
        batch.append(document)
        length += len(document.text)
    if batch:
        yield batch


def in_this_process(given: Iterable[Batch], assignment: Assignment) -> Iterator[list[Extraction]]:
    """The engine of one process."""
    return (assignment.read(batch) for batch in given)


def in_processes(count: int) -> Engine:
    """An engine of several processes of this machine; raises ReadingError where one of them is killed, or ends as it
    begins.
    """

    def run(given: Iterable[Batch], assignment: Assignment) -> Iterator[list[Extraction]]:
        waiting: deque[Future[list[Extraction]]] = deque()
        others = set(active_children())
        why = _NEVER_BEGAN
        with _in_file(assignment) as file, ProcessPoolExecutor(count, get_context("spawn"), _start, (file,)) as pool:
            try:
                for batch in given:
                    waiting.append(pool.submit(_read, batch))
                    if len(waiting) >= WAITING * count:
                        found, why = waiting.popleft().result(), _KILLED
                        yield found
                while waiting:
                    found, why = waiting.popleft().result(), _KILLED
                    yield found
            except BrokenProcessPool as error:
                raise ReadingError(why.format(count)) from error
            except KeyboardInterrupt:
                # Nobody waits for what they have in hand; what was read before is in the cache.
                for process in set(active_children()) - others:
                    process.terminate()
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    return run


def single_threaded() -> None:
    """Keep numeric libraries that are not loaded yet to one thread a process."""
    for name in _SINGLE:
        os.environ[name] = "1"


# What this process reads with, where it is a worker.
_assigned: list[Assignment] = []


@contextmanager
def _in_file(assignment: Assignment) -> Iterator[Path]:
    """A file that processes load an assignment from: whoever starts one and hands it more than a pipe holds waits for
    ever where it ends before it reads that.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "assignment"
        path.write_bytes(pickle.dumps(assignment))
        yield path


def _start(file: Path) -> None:
    single_threaded()
    _assigned[:] = [pickle.loads(file.read_bytes())]


def _read(batch: Batch) -> list[Extraction]:
    return _assigned[0].read(batch)
