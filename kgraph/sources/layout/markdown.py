"""Markdown for reading: what a reader of the rendered page would not see, and the signs that make the page, are
blanked.

Blocks come from markdown-it's CommonMark parser. It gives no offsets inside a block; they are noted while its own
inline rules run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    html_inline,
    image,
    link,
    newline,
    strikethrough,
)
from markdown_it.token import Token

from kgraph.sources.layout.canvas import Canvas

# Stands in for signs of other dialects while the parser runs; no sign of any, and no white space.
_FILLER = "\u2060"
_COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_STRUCK_OUT = re.compile(r"~~(?=\S)[^\n]+?(?<=\S)~~")
_WIKI_LINK = re.compile(r"(!)?\[\[(?:([^\[\]|\n]+)\|)?([^\[\]|\n]+)\]\]")
_CALLOUT = re.compile(r"^[ >]*>[ ]*(\[![\w-]+\][-+]?)[^\n]*", re.MULTILINE)
# The same line once its sign is filled: its rest is a title.
_CALLOUT_TITLE = re.compile(rf"^[ >]*>[ ]*{_FILLER}{{4,}}[^\n]*", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_HIGHLIGHT = re.compile(r"==(?=\S)|(?<=\S)==|(?<= )\^[\w-]+$", re.MULTILINE)
_TASK = re.compile(r"\[[ xX/>?!*<-]\] ")
_OPEN_TASK = re.compile(r"\[[^xX]\] ")
_TAG = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL | re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|div|li|ul|ol|br|h\d|tr|td|th|table|blockquote|section|article)\b", re.IGNORECASE)
# A block that is nothing but a link to a page elsewhere: a title from there, or a button.
_TEASER = re.compile(r"[*_\s]*\[[^\[\]]*\]\((?:https?:|mailto:)[^()\s]*\)[*_\s.]*")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


@dataclass
class _Marks:
    """Stretches of an inline text that are signs, and what is read in place of some."""

    signs: list[tuple[int, int]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


def unmark(canvas: Canvas, body: int) -> None:
    """Blank the signs of Markdown from ``body`` on; every block becomes one line."""
    text = _without_dialects(canvas.source[body:])
    blocks = _blocks(text)
    canvas.clear(0, len(canvas.source))
    for start, end in blocks.read:
        canvas.put(body + start, text[start:end].replace("\n", " "))
    for start, end in blocks.signs:
        canvas.drop(body + start, body + end)
    for position, words in blocks.words:
        canvas.put(body + position, words)
    for position in blocks.breaks:
        if body + position < len(canvas.source):
            canvas.part(body + position)


@dataclass
class _Blocks:
    """Offsets of what is read, of signs inside it, of words in place of signs, and of line ends to set."""

    read: list[tuple[int, int]] = field(default_factory=list)
    signs: list[tuple[int, int]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


def _without_dialects(text: str) -> str:
    """The text with fillers for what CommonMark does not know.

    Comments, wiki links, callouts, footnote marks, struck-out text.
    """
    for spans_in in (*map(_whole, (_COMMENT, _STRUCK_OUT, _FOOTNOTE, _HIGHLIGHT)), _of_wiki_links, _of_callouts):
        characters = list(text)
        for start, end in spans_in(text):
            characters[start:end] = ["\n" if c == "\n" else _FILLER for c in characters[start:end]]
        text = "".join(characters)
    return text


Spans = Iterator[tuple[int, int]]


def _whole(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _of_wiki_links(text: str) -> Spans:
    """What is not the label of a link, and whole pictures."""
    for match in _WIKI_LINK.finditer(text):
        if match.group(1):
            yield match.span()
        else:
            yield match.start(), match.start(3)
            yield match.end(3), match.end()


def _of_callouts(text: str) -> Spans:
    return (match.span(1) for match in _CALLOUT.finditer(text))


def _blocks(text: str) -> _Blocks:
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    found = _Blocks()
    state = _State()
    env: dict[str, Any] = {}
    for token in _parser().parse(text, env):
        state.enter(token)
        if token.type == "html_block" and token.map:
            _html_block(text, starts[token.map[0]], _line_end(text, starts, token.map[1]), found)
        elif token.type == "inline" and not state.is_hidden(token):
            first = token.map[0] if token.map else state.row
            end = _inline(text, starts, first, state.column, token, env, found, state.in_cell)
            state.column = end if state.in_cell else 0
    found.signs += [match.span() for match in re.finditer(f"{_FILLER}+", text)]
    found.breaks += [match.end() for match in _CALLOUT_TITLE.finditer(text)]
    return found


@dataclass
class _State:
    """Where the walk through the blocks is: in which items of lists, in a cell of which row, up to which column."""

    open_tasks: list[bool] = field(default_factory=list)
    in_heading: bool = False
    in_head: bool = False
    in_cell: bool = False
    row: int = 0
    column: int = 0

    def enter(self, token: Token) -> None:
        """Take note of a token that opens or closes something."""
        if token.type == "list_item_open":
            self.open_tasks.append(False)
        elif token.type == "list_item_close":
            self.open_tasks.pop()
        elif token.type in ("heading_open", "heading_close"):
            self.in_heading = token.type == "heading_open"
        elif token.type in ("thead_open", "thead_close"):
            self.in_head = token.type == "thead_open"
        elif token.type in ("td_open", "td_close"):
            self.in_cell = token.type == "td_open"
        elif token.type == "tr_open":
            self.row, self.column = token.map[0] if token.map else self.row, 0

    def is_hidden(self, token: Token) -> bool:
        """Whether a text is the head of a table, a link to another page, or stands in a task that is not done."""
        if self.open_tasks and _OPEN_TASK.match(token.content):
            self.open_tasks[-1] = True
        is_teaser = not self.in_heading and _TEASER.fullmatch(token.content.strip()) is not None
        return self.in_head or is_teaser or any(self.open_tasks)


def _line_end(text: str, starts: list[int], line: int) -> int:
    return starts[line] if line < len(starts) else len(text)


def _html_block(text: str, start: int, end: int, found: _Blocks) -> None:
    """The text between the tags; tags of blocks end a line."""
    found.read.append((start, end))
    found.breaks.append(end - 1 if text[end - 1 : end] == "\n" else end)
    if start:
        found.breaks.append(start - 1)
    for match in _TAG.finditer(text, start, end):
        found.signs.append(match.span())
        if _BLOCK_TAG.match(match.group()):
            found.breaks.append(match.start())


def _inline(
    text: str, starts: list[int], first: int, column: int, token: Token, env: dict[str, Any], found: _Blocks, cell: bool
) -> int:
    """Place the lines of a block in the text and note its signs; returns the column after its last line."""
    lines: list[_Line] = []
    offset = 0
    for number, line in enumerate(token.content.split("\n"), first):
        start = starts[number] if number < len(starts) else len(text)
        source = text[start : _line_end(text, starts, number + 1)]
        at = source.find(line, column) if line else 0
        if at >= 0:
            lines.append(_Line(offset, start + at, len(line)))
            column = at + len(line) if cell else 0
        offset += len(line) + 1
        if _HARD_BREAK.search(line):
            found.breaks.append(start + len(source) - 1)
    if lines:
        goes_on = cell and token.content[:1].islower()
        _note_edges(lines, found, goes_on)
        _note_marks(lines, _marks(token.content, env), found)
        task = _TASK.match(token.content)
        if task:
            found.signs.append((lines[0].start, lines[0].start + task.end()))
    return column


@dataclass(frozen=True)
class _Line:
    """A line of a block: where it begins in the block's content, where in the text, and its length."""

    offset: int
    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length

    def holds(self, position: int) -> bool:
        """Whether a position of the content lies on the line."""
        return 0 <= position - self.offset < self.length

    def place(self, position: int) -> int:
        """Where a position of the content lies in the text; that of the line's nearest edge for one beyond it."""
        return self.start + min(max(position - self.offset, 0), self.length)


def _note_edges(lines: list[_Line], found: _Blocks, goes_on: bool) -> None:
    """Where a block begins and ends; a cell such as "rejected the plan" goes on with the cell before, which names who
    did."""
    found.read += [(line.start, line.end) for line in lines]
    if goes_on and found.breaks:
        found.breaks.pop()
    elif lines[0].start > 0:
        found.breaks.append(lines[0].start - 1)
    found.breaks.append(lines[-1].end)


def _note_marks(lines: list[_Line], marks: _Marks, found: _Blocks) -> None:
    """The marks of a block's content, as they lie in the text."""
    for start, end in marks.signs:
        parts = ((line.place(start), line.place(end)) for line in lines)
        found.signs += [(first, last) for first, last in parts if first < last]
    for position, words in marks.words:
        found.words += [(place, words) for place in _places(lines, position)]
    for position in marks.breaks:
        found.breaks += _places(lines, position)


def _places(lines: list[_Line], position: int) -> list[int]:
    """Where a position of a block's content lies in the text; nowhere for one that is on no line."""
    return [line.place(position) for line in lines if line.holds(position)]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark with tables; inline text is left to ``_marks``, which needs it untouched."""
    return MarkdownIt("commonmark").enable("table").disable("inline", True)


def _marks(content: str, env: dict[str, Any]) -> _Marks:
    """The signs of an inline text, noted while the parser's own rules run over it."""
    marks = _Marks()
    _inline_parser().inline.parse(content, _inline_parser(), {**env, "marks": marks}, [])
    return marks


Rule = Callable[[StateInline, bool], bool]


def _noting(rule: Rule, note: Callable[[StateInline, int, int, _Marks], None]) -> Rule:
    """The rule, which notes what it consumed."""

    def run(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        if not silent:
            note(state, start, state.pos, state.env["marks"])
        return True

    return run


def _all_signs(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    marks.signs.append((start, end))


def _tag(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    marks.signs.append((start, end))
    if _BLOCK_TAG.match(state.src, start):
        marks.breaks.append(start)


def _delimiters(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    if state.delimiters and (state.delimiters[-1].open or state.delimiters[-1].close):
        marks.signs.append((start, end))


def _first_sign(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    marks.signs.append((start, start + 1))


def _ticks(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    length = len(state.src[start:end]) - len(state.src[start:end].lstrip("`"))
    marks.signs += [(start, start + length), (end - length, end)]


def _entity(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    marks.signs.append((start, end))
    marks.words.append((start, state.tokens[-1].content[:1] if state.tokens else " "))


def _link(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    position = state.pos
    label_end = state.md.helpers.parseLinkLabel(state, start, True)
    state.pos = position
    marks.signs += [(start, start + 1), (label_end, end)]


def _nothing(state: StateInline, start: int, end: int, marks: _Marks) -> None:
    pass


_NOTES: tuple[tuple[str, Any, Any], ...] = (
    ("escape", escape, _first_sign),
    ("backticks", backtick, _ticks),
    ("strikethrough", strikethrough.tokenize, _all_signs),
    ("emphasis", emphasis.tokenize, _delimiters),
    ("link", link, _link),
    ("image", image, _all_signs),
    ("autolink", autolink, _all_signs),
    ("html_inline", html_inline, _tag),
    ("entity", entity, _entity),
    ("newline", newline, _nothing),
)


@lru_cache(maxsize=1)
def _inline_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    for name, rule, note in _NOTES:
        parser.inline.ruler.at(name, _noting(rule, note))
    return parser
