"""Whether a number of an answer follows from words of the text."""

from __future__ import annotations

import re

from kgraph.extract.rules.en import words

_DIGITS = re.compile(r"\d+(?:[.,\u066b\u066c\u00a0\u202f' ]\d+)*")
# No text counts so far; larger whole numbers would not fit a float.
_LARGEST = 1e18
# What words beside digits may multiply by: hundred, thousand, ten thousand, million and so on.
_SCALES = (1e2, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12)
_SMALL = words.SMALL_NUMBER | words.TEEN | words.TENS


def says(wording: str, value: float) -> bool:
    """Whether the words can be the number: its digits, with a scale beside them, or English number words."""
    if not -_LARGEST < value < _LARGEST:
        return False
    digits = _DIGITS.search(wording)
    if digits is None:
        return _in_words(wording) == value
    rest = (wording[: digits.start()] + wording[digits.end() :]).strip()
    scales = (1.0, *_SCALES) if any(c.isalpha() for c in rest) else (1.0,)
    return any(
        abs(number * scale - value) < 1e-6 * max(1.0, abs(value))
        for number in _numbers(digits.group())
        for scale in scales
    )


def _numbers(digits: str) -> list[float]:
    """The numbers that digits with marks between them can be: a mark groups thousands or begins the decimals."""
    parts = re.split(r"\D", digits)
    found = [float("".join(parts))]
    if len(parts) > 1:
        found.append(float(f"{''.join(parts[:-1])}.{parts[-1]}"))
    return found


def _in_words(wording: str) -> float | None:
    total, current, seen = 0.0, 0.0, False
    for word in re.findall(r"[a-z]+", wording.lower()):
        if word in _SMALL:
            current, seen = current + _SMALL[word], True
        elif word in words.SCALE:
            scale, seen = words.SCALE[word], True
            current = max(current, 1.0) * scale
            if scale > 100:
                total, current = total + current, 0.0
    return total + current if seen else None
