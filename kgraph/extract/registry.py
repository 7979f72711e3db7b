"""The readers by name. A new reader is a folder beside ``rules/`` and a line here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module

from kgraph.errors import SettingsError, UnknownNameError
from kgraph.extract.reader import Reader

# Module and class of each reader; a reader is imported only where it is asked for.
READERS = {
    "rules": "kgraph.extract.rules.reader:RulesReader",
    "trained": "kgraph.extract.trained.reader:TrainedReader",
    "llm": "kgraph.extract.llm.reader:LlmReader",
}
DEFAULT_READERS = ("rules", "trained")
# What readers that take settings are made with, by name: values that other processes can be handed.
Settings = Mapping[str, object]


def reader_names(names: Iterable[str]) -> tuple[str, ...]:
    """These names in the order of the registry, each once; raises UnknownNameError for a name that no reader has."""
    wanted = set(names)
    for name in sorted(wanted - READERS.keys()):
        raise UnknownNameError("reader", name, READERS)
    return tuple(name for name in READERS if name in wanted)


def readers(names: Iterable[str] = DEFAULT_READERS, settings: Settings | None = None) -> tuple[Reader, ...]:
    """The readers with these names, in the order of the registry.

    Raises UnknownNameError for a name that none has, SettingsError where a reader lacks settings or a library.
    """
    given = settings or {}
    return tuple(_load(READERS[name], [given[name]] if name in given else []) for name in reader_names(names))


def _load(place: str, settings: Iterable[object]) -> Reader:
    module, _, name = place.partition(":")
    try:
        found = import_module(module)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"reading with a language model needs {error.name}, which is not installed: pip install 'kgraph[llm]'"
        ) from error
    reader: Reader = getattr(found, name)(*settings)
    return reader
