"""Which words of a text are quoted: those between quotation marks, and block quotations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kgraph.extract.reading import Quotation, Reading

# A mark that is not closed opens a quotation where at least so many tokens follow it in its paragraph.
_FEWEST_BEHIND_AN_OPEN_MARK = 2


def find_quotations(reading: Reading) -> list[Quotation]:
    """Spans between quotation marks, and block quotations: the paragraph after one that ends in a colon.

    A quotation that its paragraph does not close runs to the paragraph's end, as is the custom of the press.
    """
    marked = [q for start, end in reading.paragraphs for q in _between_marks(reading, start, end)]
    quoted = {i for q in marked for i in range(q.start, q.end)}
    blocks = [block for block in _after_colons(reading) if quoted.isdisjoint(range(block.start, block.end))]
    return sorted((*marked, *blocks), key=lambda q: q.start)


def _between_marks(reading: Reading, start: int, end: int) -> Iterator[Quotation]:
    marks = [i for i in range(start, end) if reading.doc[i].text == '"']
    yield from (Quotation(opening, closing + 1) for opening, closing in zip(marks[::2], marks[1::2], strict=False))
    if len(marks) % 2 and end - marks[-1] > _FEWEST_BEHIND_AN_OPEN_MARK:
        yield Quotation(marks[-1], end)


def _after_colons(reading: Reading) -> Iterator[Quotation]:
    for (start, end), following in pairwise(reading.paragraphs):
        if reading.doc[start:end].text.rstrip().endswith(":"):
            yield Quotation(*following, block=True)
