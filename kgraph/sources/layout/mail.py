"""E-mails and posts: quoted and forwarded parts are their authors' words, and of the day that they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from kgraph.sources.layout import en
from kgraph.sources.layout.canvas import Canvas
from kgraph.sources.layout.entries import Entry, day_in
from kgraph.sources.layout.speech import Turn

_LINE_END = re.compile("[\n\u2029]")
_PREFIX = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_FROM = re.compile(r"[*_]*From:?[*_]*:?[ \t]+[*_\"']*(?P<name>[^<>\n\[\]]*[^<>\s\[\]*_\"'])?", re.IGNORECASE)
_FIELD = re.compile(rf"[*_]*(?P<key>{en.LETTER_FIELD}):?[*_]*:", re.IGNORECASE)
_FEWEST_FIELDS = 2
_SEPARATOR = re.compile(rf"{en.SEPARATOR}|_{{10,}}|-{{10,}}", re.IGNORECASE)
_WROTE = re.compile(
    r"(?P<day>On\b.{0,120}?|.{0,80}?\d.{0,40}?|)(?P<name>[^\d\W][^\d,<>:;()\n]*?)\s*"
    rf"(?:[<(\[][^<>\n]{{0,120}}[>)\]]\s*)?,?\s+(?:{en.WROTE})\s*:[-\s]*",
    re.IGNORECASE | re.DOTALL,
)
# What stands between the time and the name: "at 6:40 PM Ana Torres".
_NO_NAME = re.compile(rf"(?:[\s,]*\b{en.BEFORE_A_NAME}\b)+[\s,]*", re.IGNORECASE)
_MONTH = re.compile(rf"[a-z]{{0,2}}\s+{en.MONTH}\b", re.IGNORECASE)
_LONGEST_ANNOUNCEMENT = 3
_ENDS_ANNOUNCEMENT = re.compile(rf"\b(?:{en.WROTE})\s*:[-\s]*\Z", re.IGNORECASE)
# An announcement by a mail program, and no sentence of an article: it has the time of day or an address.
_BY_PROGRAM = re.compile(r"\d[:.]\d\d|<[^<>]*@[^<>]*>")
# Without any of these there is nothing to find.
_SIGNS = re.compile(r"^[ \t]{0,3}>|^[*_]*From:|\bwrote\b|\[quote|^[^\n]{0,45}@\w", re.IGNORECASE | re.MULTILINE)
_LONGEST_SIGNATURE = 10
_SIGNATURE = re.compile(r"-- ?")
# The line above a post: "@torres · 14 May 2024", "Ana Torres (@torres), 14 May 2024 18:40:".
_POST = re.compile(
    r"(?P<name>@\w{2,30}|[A-Z][\w .'’-]{1,40}?(?= ?\(?@))(?: ?\(?@\w{2,30}\)?| \([\w .'’-]{2,40}\))?[ ,·•|–—-]+"
    r"(?P<day>(?=[^\n]*\d)[^\n]{2,40}?):?"
)
# "RT @soto: …" is another's post to the end of its line.
_REPOST = re.compile(r"\bRT (?P<name>@\w{2,30}): ?")
_QUOTE_TAG = re.compile(r"\[quote(?:\s*=\s*[\"']?(?P<name>[^\]\"',;]*)[^\]]*)?\]|(?P<close>\[/quote\])", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line from ``start`` to ``end``; ``depth`` marks of quotation stand before ``words``."""

    start: int
    words: int
    end: int
    depth: int

    def of(self, text: str) -> str:
        return text[self.words : self.end].strip()


@dataclass(frozen=True)
class _Author:
    """Whose words a part is: the characters that name the author, and the day of writing, as far as they are told."""

    label: tuple[int, int] | None = None
    day: date | None = None


@dataclass
class _Parts:
    """The parts of a text as they are found; ``authors`` has whose words each depth of quotation is."""

    turns: list[Turn] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    authors: dict[int, _Author] = field(default_factory=dict)
    begun: int = 0

    def end(self, position: int, depth: int) -> None:
        """The part that lies at a depth of quotation ends."""
        author = self.authors.get(depth, _Author())
        if author.label and position > self.begun:
            self.turns.append(Turn(self.begun, position, author.label, asks=False))
        if author.day and position > self.begun:
            self.entries.append(Entry(self.begun, position, author.day))
        self.begun = position


def find_letters(canvas: Canvas, body: int, published: date | None) -> tuple[tuple[Turn, ...], tuple[Entry, ...]]:
    """The parts of a letter, or of a post that answers others, with their authors and days; none for other texts.

    Marks of quotation, headers, and lines that announce a quotation are not read, but for the author's name, which
    gets a line of its own. A day without a year has that of ``published``.
    """
    text = canvas.text
    if not _SIGNS.search(text, body):
        return (), ()
    lines = list(_lines(text, body))
    parts = _Parts(begun=body)
    depth, number = 0, 0
    while number < len(lines):
        line = lines[number]
        if line.depth != depth:
            parts.end(line.start, depth)
            canvas.part(line.start if line.words > line.start else max(line.start - 1, body))
            depth = line.depth
        used = (
            _header(canvas, text, lines, number, parts, published)
            or _announcement(canvas, text, lines, number, parts, published)
            or _post(canvas, text, line, parts, published)
        )
        if not used and _SEPARATOR.fullmatch(line.of(text)):
            canvas.blank(line.start, line.end)
        if not used and _SIGNATURE.fullmatch(text[line.words : line.end]):
            used = _signature(canvas, text, lines, number)
        number += used or 1
    parts.end(len(text), depth)
    for line in lines:
        canvas.blank(line.start, line.words)
    return tuple(parts.turns), tuple(parts.entries)


def _lines(text: str, body: int) -> Iterator[_Line]:
    """The lines of a text with their depth of quotation, by marks before the line or by tags around it."""
    tagged = 0
    ends = [*(match.start() for match in _LINE_END.finditer(text, body)), len(text)]
    for start, end in zip((body, *(end + 1 for end in ends)), ends, strict=False):
        prefix = _PREFIX.match(text, start, end)
        words = prefix.end() if prefix else start
        tag = _QUOTE_TAG.match(text, words, end)
        tagged += 1 if tag and not tag["close"] else 0
        yield _Line(start, words, end, text.count(">", start, words) + tagged)
        tagged = max(0, tagged - sum(bool(match["close"]) for match in _QUOTE_TAG.finditer(text, start, end)))


def _header(canvas: Canvas, text: str, lines: list[_Line], number: int, parts: _Parts, published: date | None) -> int:
    """Take in the header of a letter ("From: …", "Date: …"); returns how many lines it has."""
    first = lines[number]
    sender = _FROM.match(text, first.words, first.end)
    if sender is None or not _FIELD.match(text, first.words, first.end):
        return 0
    below = map(lines.__getitem__, range(number, len(lines)))
    header = list(takewhile(lambda line: line.depth == first.depth and line.of(text), below))
    fields = [(line, match) for line in header if (match := _FIELD.match(text, line.words, line.end))]
    if len(fields) < _FEWEST_FIELDS:
        return 0
    dated = (line for line, match in fields if match["key"].lower() in en.DAY_FIELDS)
    days = (day_in(text[line.words : line.end], published) for line in dated)
    span = sender.span("name") if sender["name"] else _address(text, first)
    parts.end(first.start, first.depth)
    parts.authors[first.depth] = _Author(span, next(filter(None, days), None))
    _keep_only(canvas, (first.start, header[-1].end), span)
    return len(header)


def _announcement(
    canvas: Canvas, text: str, lines: list[_Line], number: int, parts: _Parts, published: date | None
) -> int:
    """Take in what announces a quotation ("On Monday Ana Torres wrote:"); returns how many lines it has."""
    first = lines[number]
    tag = _QUOTE_TAG.match(text, first.words, first.end)
    if tag:
        return _tag(canvas, text, first, tag, parts)
    count = _length_of_announcement(text, lines, number)
    if not count:
        return 0
    end = lines[number + count - 1].end
    match = _WROTE.fullmatch(text, first.words, end)
    following = next((line for line in lines[number + count :] if line.of(text)), None)
    if match is None or following is None:
        return 0
    depth = max(first.depth, following.depth)
    if not depth and not _BY_PROGRAM.search(match.group()):
        return 0
    span = _name(text, match)
    parts.end(first.start, first.depth)
    parts.authors[depth] = _Author(span, day_in(match["day"], published))
    if depth == first.depth:
        parts.begun = first.start
    _keep_only(canvas, (first.start, end), span)
    return count


def _length_of_announcement(text: str, lines: list[_Line], number: int) -> int:
    """How many lines there are up to one that ends with "wrote:", none of them empty; 0 where there are too many."""
    for count, line in enumerate(lines[number : number + _LONGEST_ANNOUNCEMENT], 1):
        if line.depth != lines[number].depth or not line.of(text):
            return 0
        if _ENDS_ANNOUNCEMENT.search(text, line.words, line.end):
            return count
    return 0


def _post(canvas: Canvas, text: str, line: _Line, parts: _Parts, published: date | None) -> int:
    """Take in the line above a post, or what a post repeats of another's; returns how many lines it has."""
    above = _POST.fullmatch(text, line.words, line.end)
    day = day_in(above["day"], published) if above else None
    if above and day:
        parts.end(line.start, line.depth)
        parts.authors[line.depth] = _Author(above.span("name"), day)
        _keep_only(canvas, (line.start, line.end), above.span("name"))
        return 1
    again = _REPOST.search(text, line.words, line.end)
    if again is None:
        return 0
    own = parts.authors.get(line.depth, _Author())
    parts.end(again.start(), line.depth)
    parts.authors[line.depth] = _Author(again.span("name"))
    parts.end(line.end, line.depth)
    parts.authors[line.depth] = own
    _keep_only(canvas, again.span(), again.span("name"))
    return 1


def _tag(canvas: Canvas, text: str, line: _Line, tag: re.Match[str], parts: _Parts) -> int:
    """Take in the tag that opens or closes a quotation in a post; returns how many lines it has: its own goes on."""
    for match in _QUOTE_TAG.finditer(text, tag.end(), line.end):
        canvas.blank(*match.span())
    span = tag.span("name") if tag["name"] else None
    if not tag["close"]:
        parts.authors[line.depth] = _Author(span)
    _keep_only(canvas, tag.span(), span)
    return 1


def _name(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Where an announcement names the author: what is left without the words of the time before it."""
    start, end = match.span("name")
    month = _MONTH.match(text, start, end) if text[max(0, start - 1)].isdigit() else None
    start = month.end() if month else start
    aside = _NO_NAME.match(text, start, end)
    start = aside.end() if aside else start
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,\t\n"))
    return (start, end) if start < end else None


def _address(text: str, line: _Line) -> tuple[int, int] | None:
    """The address of a sender who has no name."""
    found = re.search(r"[^\s<>:\[\]]+@[^\s<>\[\]]+", text[line.words : line.end])
    return (line.words + found.start(), line.words + found.end()) if found else None


def _keep_only(canvas: Canvas, span: tuple[int, int], kept: tuple[int, int] | None) -> None:
    """Read nothing of a stretch but a name, which becomes a paragraph of its own."""
    start, end = span
    if kept is None:
        canvas.blank(start, end)
        return
    canvas.blank(start, kept[0])
    canvas.blank(kept[1], end)
    for position in (kept[0] - 1, kept[1]):
        if start <= position < end:
            canvas.part(position)


def _signature(canvas: Canvas, text: str, lines: list[_Line], number: int) -> int:
    """Read nothing of a signature, which ends with its part; returns how many lines it has."""
    depth, end = lines[number].depth, number
    while end < len(lines) and lines[end].depth == depth and not _FROM.match(text, lines[end].words, lines[end].end):
        end += 1
        if end - number > _LONGEST_SIGNATURE:
            return 0
    for line in lines[number:end]:
        canvas.blank(line.start, line.end)
    return end - number
