"""The one family of errors that the library raises.

Each is also a built-in error, so that callers who know nothing of kgraph still catch the right thing, and carries what went
wrong as data. Only the command line turns them into messages and exit codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KGraphError(Exception):
    """Base of everything that the library raises on purpose."""


class DocumentError(KGraphError, ValueError):
    """A source cannot be read as a document.

    ``source`` names the file (and line, for JSON Lines); ``reason`` says what is wrong; ``remedy`` what to do.
    """

    def __init__(self, source: str, reason: str, remedy: str = "") -> None:
        self.source, self.reason, self.remedy = source, reason, remedy
        super().__init__(f"{source}: {reason}" + (f"; {remedy}" if remedy else ""))


class KnowledgeError(KGraphError, ValueError):
    """A file of the ontology, lexicon or actors is malformed."""


class QueryError(KGraphError, ValueError):
    """A SPARQL query cannot be parsed or run; the message holds line and column where the engine gives them."""


class QueryLimitError(QueryError):
    """A query was stopped at a limit (``limit``: time, rows, memory or size), or the engine did not survive it (crash)."""

    def __init__(self, limit: str, message: str) -> None:
        self.limit = limit
        super().__init__(message)


class StoreError(KGraphError, OSError):
    """The store is missing, locked, damaged or cannot be written."""


class UnknownNameError(KGraphError, LookupError):
    """A name of a fixed list (query, format, parameter) is not in it; ``nearest`` holds the likely ones."""

    def __init__(self, what: str, name: str, valid: Iterable[str]) -> None:
        self.what, self.name = what, name
        self.valid = sorted(valid)
        self.nearest = get_close_matches(name, self.valid, n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(self.nearest)}?" if self.nearest else f"one of: {', '.join(self.valid)}"
        super().__init__(f"unknown {what} {name!r}; {hint}")
