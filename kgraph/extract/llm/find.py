"""Where words of an answer stand in the text.

They are looked for as they are, then with case, white space, quotation marks and hyphens made alike. Never by
likeness: words that are not there have no place.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.model.statement import Span

_ALIKE = {
    **dict.fromkeys("\"'‘’‚‛“”„‟«»‹›`´″′「」『』＂＇", '"'),
    **dict.fromkeys("-‐‑‒–—―−－", "-"),
}
_GROUPING = frozenset(".,\u066b\u066c")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def find(words: str, text: str, within: Span, near: int | None = None) -> Span | None:
    """The characters of ``text`` inside ``within`` that are these words; the place nearest to ``near``, else the first.

    Words that begin or end inside a word of the text ("US" in "USED") are not found there.
    """
    for places in (_exact(words, text, within), _normalised(words, text, within)):
        found = [place for place in places if _is_whole(text, place)]
        if found:
            return found[0] if near is None else min(found, key=lambda place: _distance(place, near))
    return None


def _distance(place: Span, near: int) -> int:
    return 0 if place.start <= near < place.end else min(abs(place.start - near), abs(place.end - near))


def _exact(words: str, text: str, within: Span) -> Iterator[Span]:
    start = text.find(words, within.start, within.end) if words.strip() else -1
    while start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1, within.end)


def _normalised(words: str, text: str, within: Span) -> Iterator[Span]:
    wanted = normal(words)
    plain, places = _with_places(text, within)
    start = plain.find(wanted) if wanted else -1
    while start >= 0:
        yield Span(places[start], places[start + len(wanted) - 1] + 1)
        start = plain.find(wanted, start + 1)


def normal(words: str) -> str:
    """Words with case, white space, quotation marks and hyphens made alike."""
    return _with_places(words, Span(0, len(words)))[0].strip()


def _with_places(text: str, within: Span) -> tuple[str, list[int]]:
    """Text made alike, and for each of its characters where it comes from."""
    characters: list[str] = []
    places: list[int] = []
    for place in range(within.start, within.end):
        character = text[place]
        if character in _INVISIBLE:
            continue
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        for folded in _ALIKE.get(character, character).casefold():
            characters.append(folded)
            places.append(place)
    return "".join(characters), places


def _is_whole(text: str, place: Span) -> bool:
    """Whether a place begins and ends where words do; scripts without capitals may write words together."""
    return not _joins(text, place.start) and not _joins(text, place.end)


def _joins(text: str, position: int) -> bool:
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if _is_cased(before) and _is_cased(after) or before.isdigit() and after.isdigit():
        return True
    return _groups(text, position - 1) or _groups(text, position)


def _groups(text: str, position: int) -> bool:
    """Whether a character is a sign between digits: "200" is no part of "1,200"."""
    before, after = text[max(0, position - 1)], text[position + 1 : position + 2]
    return text[position] in _GROUPING and before.isdigit() and after.isdigit()


def _is_cased(character: str) -> bool:
    return character.lower() != character.upper()
