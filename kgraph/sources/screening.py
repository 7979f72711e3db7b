"""Which documents are to be read as they are: English ones, and which of them are reprints of another."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import chain

from langdetect import DetectorFactory, LangDetectException, detect_langs

from kgraph.model.document import Document

ENOUGH_LETTERS = 120
SURE = 0.9
SHINGLE_WORDS = 5
REPRINT_LIKENESS = 0.75
# English words that are one in six of an English text, and hardly stand in one of another language.
_ENGLISH = frozenset(("the", "of", "and", "to", "that", "for", "was", "with"))
_PLAINLY = 0.12


def detected_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text where that is surely not English, else None."""
    DetectorFactory.seed = 0  # the detector draws random numbers; the same text must give the same answer
    try:
        first = detect_langs(text)[0]
    except LangDetectException:
        return None
    return None if first.lang == "en" or first.prob < SURE else str(first.lang)


def foreign_language(document: Document, detect: Callable[[str], str | None] = detected_language) -> str | None:
    """The ISO 639-1 code of the language where a document is surely not English, else None.

    Metadata decide where they name a language; short texts are given the benefit of the doubt. ``detect`` is asked
    about all that are not plainly English.
    """
    if document.language:
        return None if document.language.lower().startswith("en") else document.language
    sample = document.text[document.body : document.body + 4000]
    if sum(c.isalpha() for c in sample) < ENOUGH_LETTERS or _is_plainly_english(sample):
        return None
    return detect(sample)


def _is_plainly_english(text: str) -> bool:
    """Whether a text need not be shown to the detector, which takes as long as a parser for a short text."""
    words = re.findall(r"\w+", text.lower())
    return sum(word in _ENGLISH for word in words) >= _PLAINLY * len(words)


def reprints(documents: Iterable[Document]) -> dict[str, str]:
    """Document id → id of the document it is a reprint of (the first of its group by publication day, then id).

    Two texts are reprints where their sets of five-word shingles have a Jaccard likeness of at least 0.75. All are
    found, without comparing all pairs: the other has three quarters of the shingles of each at least, so that it has
    half of the rarer half of them; what stands in many texts (an agency's footer) is in the other half.
    """
    alike = _much_shared(sorted(documents, key=lambda d: (d.published or "9999", d.id)))
    often = Counter(chain.from_iterable(alike.values()))
    index: dict[int, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for ident, own in alike.items():
        rarer = sorted(own, key=often.__getitem__)[: (len(own) + 1) // 2]
        shared = Counter(chain.from_iterable(index.get(shingle, ()) for shingle in rarer))
        least = len(rarer) - (1 - REPRINT_LIKENESS) * len(own)
        near = (other for other, count in shared.items() if count >= least)
        likely = sorted(other for other in near if _likeness(own, alike[other]) >= REPRINT_LIKENESS)
        if likely:
            found[ident] = likely[0]
        else:
            for shingle in own:
                index[shingle].append(ident)
    return found


def _much_shared(documents: Iterable[Document]) -> dict[str, set[int]]:
    """The shingles of those documents, by id, of which so many stand in others that they can be reprints: few as a
    rule.
    """
    every: dict[str, array[int]] = {}
    seen: set[int] = set()
    shared: set[int] = set()
    for document in documents:
        own = shingles(document.text[document.body :])
        shared |= own & seen
        seen |= own
        every[document.id] = array("q", own)
    sets = ((ident, set(own)) for ident, own in every.items())
    return {ident: own for ident, own in sets if own and len(own & shared) >= REPRINT_LIKENESS * len(own)}


def shingles(text: str) -> set[int]:
    """The runs of five words of a text, in lower case, each as a number that stands for it in this process."""
    words = re.findall(r"\w+", text.lower())
    # Of 64 bits: among a thousand million runs two that differ fall together some three times in a hundred.
    return set(map(hash, zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)))


def _likeness(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b)
