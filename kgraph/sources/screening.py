"""Which documents are to be read as they are: English ones, and which of them are reprints of another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from langdetect import DetectorFactory, LangDetectException, detect_langs

from kgraph.model.document import Document

ENOUGH_LETTERS = 120
SURE = 0.9
SHINGLE_WORDS = 5
REPRINT_LIKENESS = 0.75
# Of 128 permutations, 18 bands of 7: what MinHashLSH reckons out, by an integral, for a threshold of 0.6.
_PERMUTATIONS, _BANDS = 128, (18, 7)
# English words that are one in six of an English text, and hardly stand in one of another language.
_ENGLISH = frozenset(("the", "of", "and", "to", "that", "for", "was", "with"))
_PLAINLY = 0.12


def foreign_language(document: Document) -> str | None:
    """The ISO 639-1 code of the language where a document is surely not English, else None.

    Metadata decide where they name a language; short texts are given the benefit of the doubt.
    """
    if document.language:
        return None if document.language.lower().startswith("en") else document.language
    sample = document.text[document.body : document.body + 4000]
    if sum(c.isalpha() for c in sample) < ENOUGH_LETTERS or _is_plainly_english(sample):
        return None
    DetectorFactory.seed = 0  # the detector draws random numbers; the same text must give the same answer
    try:
        first = detect_langs(sample)[0]
    except LangDetectException:
        return None
    return None if first.lang == "en" or first.prob < SURE else str(first.lang)


def _is_plainly_english(text: str) -> bool:
    """Whether a text need not be shown to the detector, which takes as long as a parser for a short text."""
    words = re.findall(r"\w+", text.lower())
    return sum(word in _ENGLISH for word in words) >= _PLAINLY * len(words)


def reprints(documents: Iterable[Document]) -> dict[str, str]:
    """Document id → id of the document it is a reprint of (the first of its group by publication day, then id).

    Two texts are reprints where their sets of five-word shingles have a Jaccard likeness of at least 0.75; candidates
    are found by MinHash (Broder 1997), so that the cost grows with the number of documents, not of pairs.
    """
    listed = sorted(documents, key=lambda d: (d.published or "9999", d.id))
    if len(listed) < 2:
        return {}
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS)
    # To draw the permutations anew for each document takes as long as to use them.
    empty = MinHash(num_perm=_PERMUTATIONS, seed=1)
    kept: dict[str, set[str]] = {}
    found: dict[str, str] = {}
    for document in listed:
        own = shingles(document.text[document.body :])
        if not own:
            continue
        digest = empty.copy()
        digest.update_batch([shingle.encode() for shingle in sorted(own)])
        likely = sorted(name for name in index.query(digest) if _likeness(own, kept[name]) >= REPRINT_LIKENESS)
        if likely:
            found[document.id] = likely[0]
        else:
            index.insert(document.id, digest)
            kept[document.id] = own
    return found


def shingles(text: str) -> set[str]:
    """The runs of five words of a text, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}


def _likeness(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b)
