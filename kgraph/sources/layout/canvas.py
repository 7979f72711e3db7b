"""A text while it is laid out: its characters are blanked, joined and parted, and each knows its place in the text."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

# Where characters stand: four bytes each, since a layout has one for every character of a text.
Places = array

# Stands for a character that is not there for reading: no space is left between what it parts.
_GONE = "\x00"
_EMPTY = f" \t\r\xa0\u2007\u202f\u2029{_GONE}"


class Canvas:
    """The reading text in the making: as long as ``source``, a line a paragraph once the layout is done."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._characters = list(source)

    @property
    def text(self) -> str:
        """The text as it stands."""
        return "".join(self._characters)

    def blank(self, start: int, end: int) -> None:
        """Characters that are not read; line ends stay."""
        for i in range(start, end):
            if self._characters[i] != "\n":
                self._characters[i] = " "

    def clear(self, start: int, end: int) -> None:
        """Characters that are not read, line ends among them: what stands before and after is one line."""
        self._characters[start:end] = " " * (end - start)

    def drop(self, start: int, end: int) -> None:
        """Characters that are not there for reading: what stands before and after is one word."""
        self._characters[start:end] = _GONE * (end - start)

    def part(self, position: int) -> None:
        """End a line at a character that is not read."""
        self._characters[position] = "\n"

    def put(self, start: int, words: str) -> None:
        """Other characters in place of as many."""
        self._characters[start : start + len(words)] = words

    def lines(self, start: int = 0) -> Iterator[tuple[int, int]]:
        """Start and end of each line that holds anything, from a position on, white space at its edges left out."""
        text = self.text
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            line = text[start:end]
            if line.strip(_EMPTY):
                yield start + len(line) - len(line.lstrip(_EMPTY)), start + len(line.rstrip(_EMPTY))
            start = end + 1

    def packed(self) -> tuple[str, Places[int]]:
        """The reading text, and for each of its characters its place in the source.

        Blanked stretches inside a line become one space, and what is gone leaves none; the room that this leaves is
        spaces after the end of the line, so that lengths stay.
        """
        characters: list[str] = []
        places = Places("I")
        start = 0
        text = self.text
        while start <= len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            kept = list(self._kept(start, end))
            line_end = [end] if end < len(text) else []
            room = end - start - len(kept)
            characters += [*(text[i] for i in kept), *("\n" for _ in line_end), *(" " * room)]
            places.extend((*kept, *line_end, *([end] * room)))
            start = end + 1
        return "".join(characters), places

    def _kept(self, start: int, end: int) -> Iterator[int]:
        """Places of the characters of a line that stay: all but what is gone and blanked stretches beyond one space."""
        i = start
        while i < end:
            if self._characters[i] == _GONE:
                i += 1
                continue
            run = i
            while run < end and self._characters[run] == " ":
                run += 1
            blanked = run - i > 1 and not self.source[i:run].isspace() or "\n" in self.source[i:run]
            if not blanked:
                run = max(run, i + 1)
                yield from range(i, run)
            elif i > start and run < end:
                yield i
            i = run
