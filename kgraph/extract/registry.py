"""The readers by name. A new reader is a folder beside ``rules/`` and a line here."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from kgraph.errors import UnknownNameError
from kgraph.extract.reader import Reader

# Module and class of each reader; a reader is imported only where it is asked for.
READERS = {
    "rules": "kgraph.extract.rules.reader:RulesReader",
    "trained": "kgraph.extract.trained.reader:TrainedReader",
}
DEFAULT_READERS = ("rules", "trained")


def reader_names(names: Iterable[str]) -> tuple[str, ...]:
    """These names in the order of the registry, each once; raises UnknownNameError for a name that no reader has."""
    wanted = set(names)
    for name in sorted(wanted - READERS.keys()):
        raise UnknownNameError("reader", name, READERS)
    return tuple(name for name in READERS if name in wanted)


def readers(names: Iterable[str] = DEFAULT_READERS) -> tuple[Reader, ...]:
    """The readers with these names, in the order of the registry; raises UnknownNameError for a name that none has."""
    return tuple(_load(READERS[name]) for name in reader_names(names))


def _load(place: str) -> Reader:
    module, _, name = place.partition(":")
    reader: Reader = getattr(import_module(module), name)()
    return reader
