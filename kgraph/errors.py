"""The one family of errors that the library raises.

Each is also a built-in error, so that callers who know nothing of kgraph still catch the right thing, and carries what
went wrong as data. Only the command line turns them into messages and exit codes.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA, JaroWinkler

# How alike names must be (0 to 1) to be taken for each other, and how near to the likeliest to be offered beside it;
# what is taken off for each word of a name where only one of them is alike; how many are offered, and how many a list
# may have.
_ALIKE, _BESIDE, _A_WORD = 0.66, 0.12, 0.02
_MOST_NEAREST, _MOST_LISTED = 5, 12
# Words of so few letters are small ones.
_SMALL = 3


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


class SettingsError(KGraphError, ValueError):
    """A setting, or a file of settings, is malformed."""


class ServiceError(KGraphError, OSError):
    """A service on the network cannot be asked, or does not answer."""


class ReadingError(KGraphError, OSError):
    """The processes or machines that read were lost."""


class QueryError(KGraphError, ValueError):
    """A SPARQL query cannot be parsed or run; the message holds line and column where the engine gives them."""


class QueryLimitError(QueryError):
    """A query was stopped at a limit, or the engine did not survive it.

    ``limit`` is time, rows, memory, size or crash.
    """

    def __init__(self, limit: str, message: str) -> None:
        self.limit = limit
        super().__init__(message)


class StoreError(KGraphError, OSError):
    """The store is missing, locked, damaged or cannot be written."""


class UnknownNameError(KGraphError, LookupError):
    """A name of a fixed list (query, format, parameter) is not in it; ``nearest`` holds the likely ones, best first."""

    def __init__(self, what: str, name: str, valid: Iterable[str]) -> None:
        self.what, self.name = what, name
        self.valid = sorted(valid)
        self.nearest = _nearest(name, self.valid)
        super().__init__(f"unknown {what} {name!r}; {self._hint()}")

    def _hint(self) -> str:
        if self.nearest:
            return f"did you mean {_listed(self.nearest)}?"
        if len(self.valid) <= _MOST_LISTED:
            return f"one of: {_listed(self.valid)}"
        return f"one of {len(self.valid)}, such as: {_listed(self.valid[:_MOST_NEAREST])}"


def _listed(names: list[str]) -> str:
    """Names behind each other, told apart also where they have commas of their own."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _nearest(name: str, valid: list[str]) -> list[str]:
    """The names that are written alike, as a whole or in a word, whatever the case; at most five, best first."""
    wanted = name.casefold()
    likeness: dict[str, float] = {}
    spelled: dict[str, str] = {}
    for known in valid:
        folded = known.casefold()
        spelled[folded] = known
        # A word like "for" or "of" says nothing of a name that has others.
        words = [word for word in folded.split() if len(word) > _SMALL] or [folded]
        in_a_word = max((_alike(wanted, word) for word in words), default=0.0) - _A_WORD * len(words)
        likeness[folded] = max(_alike(wanted, folded), in_a_word)
    best = max(likeness.values(), default=0.0)
    close = [known for known, how in likeness.items() if how >= max(_ALIKE, best - _BESIDE)]
    return [spelled[known] for known in sorted(close, key=lambda known: (-likeness[known], known))][:_MOST_NEAREST]


def _alike(one: str, other: str) -> float:
    """How alike two words are written, 0 to 1: swapped letters count little, a common beginning much."""
    by_letters = OSA.normalized_similarity(one, other)
    # In so short a word a letter or two in common are a chance.
    return by_letters if len(one) <= _SMALL else max(by_letters, JaroWinkler.similarity(one, other))
