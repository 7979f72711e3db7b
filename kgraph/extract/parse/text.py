"""The text that is parsed: the document's as a reader sees it.

Markup, datelines, bylines and front matter are taken out, typographic quotes made plain, headlines set in sentence
case. ``Layout.places`` maps each of its characters back to the stored text; use ``Reading.span``, ``place`` and
``label``, never a token's own offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kgraph.extract import dateline
from kgraph.extract.rules.en import titles
from kgraph.model.document import Document
from kgraph.sources.layout.layout import lay_out

_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\t": " ",
        "\r": " ",
        "\u200e": " ",
        "\u200f": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "_": "-",
    }
)
# A headline without a full stop would run on into the first sentence for the parser: one line end becomes a stop.
_LOOSE_END = re.compile(r"(?<=[A-Za-z0-9])\n(?=[ \t]*\n)")
# No word is so long, and the tokenizer takes time in the square of its length: brackets, addresses, encoded files.
_NO_WORD = re.compile(r"\S{300,}")
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_POSSESSIVE = re.compile(r"'s$")
# A headline is in Title Case where so many of its words of more than three letters are, and has at least so many.
_TITLE_CASE = 0.7
_FEWEST_LONG_WORDS = 3


def reading_text(document: Document, is_name: Callable[[str], bool]) -> str:
    """The text that is parsed; ``is_name`` tells known names, which keep their capital in a headline."""
    layout = lay_out(document)
    text = layout.text.translate(_PLAIN).replace("``", ' "').replace("''", '" ')
    text = _NO_WORD.sub(lambda run: " " * len(run.group()), text)
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    body = [_without_dateline(line) for line in lines]
    if layout.headline:
        body[first] = _sentence_case(lines[first], "\n".join(lines[first + 1 :]), is_name)
    return _LOOSE_END.sub(".", "\n".join(body))


def _without_dateline(line: str) -> str:
    """A line without dateline, whatever its margin."""
    margin = line[: len(line) - len(line.lstrip(" "))]
    return margin + dateline.without(line[len(margin) :])


def _sentence_case(line: str, body: str, is_name: Callable[[str], bool]) -> str:
    """A Title-Cased headline with only names left capital, so that the parser sees ordinary prose."""
    if not _is_title_case(line):
        return line

    start, end = titles.place_of_author(line)

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        bare = _POSSESSIVE.sub("", word)
        # "Statement by Foreign Minister Jane Roe on …": who makes the text need not be known.
        keeps = (
            start <= match.start() < end
            or _has_capitals_of_its_own(word)
            or is_name(bare)
            or _stands_capital_in(body, bare)
        )
        return word if keeps else word[0].lower() + word[1:]

    return _WORD.sub(lower, line)


def _is_title_case(line: str) -> bool:
    """Whether a headline capitalises its words, and is no sentence."""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    is_sentence = line.rstrip().endswith((".", '."'))
    return not is_sentence and len(words) >= _FEWEST_LONG_WORDS and capital >= _TITLE_CASE * len(words)


def _has_capitals_of_its_own(word: str) -> bool:
    """ "UN", "McRoe": written so anywhere, not in headlines alone."""
    return word.isupper() or any(c.isupper() for c in word[1:])


def _stands_capital_in(body: str, word: str) -> bool:
    """Whether the text writes a word with its capital in the middle of a sentence, too."""
    return re.search(r"(?<=[a-z,] )" + re.escape(word) + r"\b", body) is not None
