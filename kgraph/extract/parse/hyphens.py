""" "re-open", "ex-president", "week-long": one word, which the tokenizer parts at the hyphen."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract.rules.en import words


def join_hyphenated(doc: Doc) -> Doc:
    """Make one token of a prefix, a hyphen and its word, and of a word, a hyphen and its suffix."""
    with doc.retokenize() as retokenizer:
        for first in doc[:-2]:
            hyphen, last = first.nbor(1), first.nbor(2)
            if _is_hyphenated(first, hyphen, last) and _is_one_word(first, last):
                retokenizer.merge(doc[first.i : last.i + 1])
    return doc


def _is_hyphenated(first: Token, hyphen: Token, last: Token) -> bool:
    return hyphen.text == "-" and not first.whitespace_ and not hyphen.whitespace_ and last.is_alpha


def _is_one_word(first: Token, last: Token) -> bool:
    return first.lower_ in words.PREFIXES or last.lower_ in words.SUFFIXES
