"""Lines of plain text: which line ends only wrap a paragraph, and what printed pages repeat at their edges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise, starmap

from kgraph.sources.decoding import PAGE_BREAK
from kgraph.sources.layout.canvas import Canvas
from kgraph.sources.layout.en import HYPHENED

WIDEST_WRAP = 130
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-*•‣–—·]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}\.\d{1,2})\s+\S|>|#")
_LABEL = re.compile(
    r"(?:[A-Z][\w.'’-]*(?: [\w.'’-]+){0,8}(?:,? ?\([^()\n]{1,60}\)){0,3}:|Q |[A-Z]\w+: "
    r"|[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? )?\d{1,2}:\d{2})"
)
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_EDGE_LINES = 2
_LONGEST_EDGE = 100


def join_wrapped(canvas: Canvas, body: int) -> None:
    """Make each wrapped paragraph one line, from ``body`` on; words cut at the end of a line become whole."""
    text = canvas.text
    width = _width(text[body:])
    top = next(canvas.lines(body), (0, 0))
    for block in _blocks(text, body):
        lines = [text[start:end] for start, end in block]
        wrapped = any(starmap(_goes_on, pairwise(lines)))
        for (place, following), (line, next_line) in zip(pairwise(block), pairwise(lines), strict=True):
            if _is_wrap(line, next_line, wrapped, width, place == top):
                _join(canvas, place[1], following)


def drop_page_edges(canvas: Canvas, body: int) -> None:
    """Blank headers, footers and page numbers, and join a sentence that goes on over the end of a page."""
    text = canvas.text
    ends = [body - 1, *(m.start() for m in re.finditer(PAGE_BREAK, text)), len(text)]
    if len(ends) < 3:
        return
    pages = [_edges(text, start + 1, end) for start, end in pairwise(ends)]
    seen = Counter(shape for edges in pages for shape in {_shape(text[a:b]) for a, b in edges})
    often = max(2, len(pages) // 2)
    for start, end in chain.from_iterable(pages):
        line = text[start:end]
        is_repeated = len(line) < _LONGEST_EDGE and seen[_shape(line)] >= often
        if is_repeated or _PAGE_NUMBER.fullmatch(line):
            canvas.blank(start, end)
    for position in ends[1:-1]:
        _join_over(canvas, position)


def _edges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines = list(_lines(text, start, end))
    return lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()).lower())


def _join_over(canvas: Canvas, page_end: int) -> None:
    """A paragraph that the end of a page cuts in two is one paragraph."""
    text = canvas.text
    canvas.blank(page_end, page_end + 1)
    before, after = len(text[:page_end].rstrip()), page_end + 1
    after += len(text[after:]) - len(text[after:].lstrip())
    if after < len(text) and text[after].islower() and not _SENTENCE_END.search(text[max(0, before - 3) : before]):
        canvas.clear(before, after)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\u2029]*[^\s][^\n\u2029]*", text[start:end]):
        line = match.group()
        left = len(line) - len(line.lstrip())
        yield start + match.start() + left, start + match.start() + len(line.rstrip())


def _blocks(text: str, body: int) -> Iterator[list[tuple[int, int]]]:
    """The lines of each stretch without an empty line."""
    for match in re.finditer(r"\S(?:[^\n\u2029]|\n(?![ \t\r\xa0]*(?:\n|\Z)))*", text[body:]):
        block = list(_lines(text, body + match.start(), body + match.end()))
        if len(block) > 1:
            yield block


def _width(text: str) -> int:
    """How long the lines of a text are at most, where it is wrapped; 0 where its lines are whole paragraphs."""
    longest = max((len(line.rstrip()) for line in text.split("\n")), default=0)
    return longest if longest <= WIDEST_WRAP else 0


def _goes_on(line: str, following: str) -> bool:
    return following[0].islower() and not _ITEM.match(following) and not _SENTENCE_END.search(line)


def _is_wrap(line: str, following: str, wrapped: bool, width: int, top: bool) -> bool:
    if _ITEM.match(following) or _LABEL.match(following):
        return False
    heading = top and following[0].isupper() and not _SENTENCE_END.search(line)
    return _goes_on(line, following) or _is_full(line, following, width) or wrapped and not heading


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next word had no room left on a long line."""
    return width > 0 and len(line) > 40 and len(line) + 1 + len(following.split()[0]) > width - 2


def _join(canvas: Canvas, end: int, following: tuple[int, int]) -> None:
    start, text = following[0], canvas.source
    canvas.clear(end, start)
    word = re.match(r"[A-Za-z]+", text[start : following[1]])
    if word is None or not re.search(r"[A-Za-z0-9][-\u00ad\u2010]$", text[max(0, end - 2) : end]):
        return
    first = re.search(r"[A-Za-z]+$", text[: end - 1])
    whole = (first.group() if first else "") + word.group()
    keep = text[end - 1] == "-" and (
        word.group()[0].isupper() or not _has_word(text, whole) and _is_compound(text, whole, word.group(), first)
    )
    canvas.drop(end if keep else end - 1, start)


def _has_word(text: str, word: str, times: int = 1) -> bool:
    return _counts(text)[word.lower()] >= times


@lru_cache(maxsize=2)
def _counts(text: str) -> Counter[str]:
    """How often each word stands in a text, by its lower case."""
    return Counter(re.findall(r"\w+", text.lower()))


def _is_compound(text: str, whole: str, second: str, first: re.Match[str] | None) -> bool:
    """Whether a hyphen at the end of a line is the word's own: the text has both parts, or the first is a name, a
    number or a prefix with a hyphen."""
    if first is None or first.group()[0].isupper() or first.group() in HYPHENED:
        return True
    # Each part stands in the text once already: where it was cut.
    return _has_word(text, second, 2) and _has_word(text, first.group(), 2)
