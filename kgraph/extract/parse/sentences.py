"""Where sentences begin that the parser would not begin, whatever it thinks.

A line break ends a sentence; so does "on X." where it looks like an initial, and the sheer length of what has no stop.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract.rules.en import words

LONGEST_SENTENCE = 150
_FARTHEST_GAP = 60
_STOPS = frozenset((".", "!", "?", ";", ":"))


def start_sentences(doc: Doc) -> Doc:
    """Set the starts of sentences that the parser then keeps."""
    _part_long_runs(doc)
    for token in doc[:-1]:
        following = token.nbor()
        if _is_line_break(token):
            token.is_sent_start, following.is_sent_start = False, True
        elif _is_no_initial(token) and following.text[0].isupper():
            following.is_sent_start = True
    return doc


def _is_line_break(token: Token) -> bool:
    return token.is_space and "\n" in token.text


def _is_no_initial(token: Token) -> bool:
    """ "wrote on X.": the end of a sentence that looks like the beginning of a name."""
    return token.lower_ in words.NO_INITIAL and token.i > 0 and token.nbor(-1).lower_ in words.ON


def _part_long_runs(doc: Doc) -> None:
    """Begin a sentence wherever there is no stop for too long."""
    start = 0
    for token in doc[:-1]:
        if token.text in _STOPS or _is_line_break(token):
            start = token.i + 1
        elif token.i + 1 - start >= LONGEST_SENTENCE:
            start = _gap(doc, token.i)
            doc[start].is_sent_start = True


def _gap(doc: Doc, last: int) -> int:
    """Where a sentence that is too long at a token is parted: behind its last comma or before its last "and", if one
    of them is not far before."""
    near = range(last, last - _FARTHEST_GAP, -1)
    comma = next((i + 1 for i in near if doc[i].text == ","), None)
    return comma or next((i for i in near if doc[i].lower_ in words.AND_OR_BUT), last + 1)
