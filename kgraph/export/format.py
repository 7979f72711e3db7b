"""What a format is: its name, what it is for, and its writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kgraph.rdf.graph import Graph

Content = bytes | dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Options:
    """What whoever exports may choose; a format heeds what concerns it."""

    spreadsheet_safe: bool = False


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format.

    ``write`` gives the bytes of one file or, of a ``folder``, those of several by their names: the same bytes for the
    same graph.
    """

    name: str
    meaning: str
    write: Callable[[Graph, Options], Content]
    folder: bool = False
