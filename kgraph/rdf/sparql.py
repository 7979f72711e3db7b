"""What can be told of a SPARQL text without parsing it: its tokens, its form, whether it is safe to parse, and where
its LIMIT stands.

The engine's parser answers deep nesting with a crash of the whole process, and its queries may ask the network; both
are recognised here, before it sees the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kgraph.errors import QueryError

MOST_CHARACTERS = 100_000
MOST_NESTING = 100
MOST_OPERATORS = 2_000
# Programs ask the same query again and again; looking at its tokens would take longer than a small answer.
_REMEMBERED = 128
_TOKENS = re.compile(
    r"""(?P<skip><[^<>"{}|^`\\\s]*>|#[^\n\r]*|\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3}|\'{3}(?:[^'\\]|\\.|\'{1,2}(?!\'))*\'{3}"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[?$@]\w+)"""
    r"""|(?P<name>[\w.-]*:[\w.%:-]*)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z]+)|(?P<sign>\S)""",
    re.DOTALL,
)
_OPERATORS = frozenset("!+-*/|&^=.;,<>{")
_OPERATOR_WORDS = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "FILTER", "GRAPH", "BIND", "VALUES", "EXISTS", "NOT", "IN", "SELECT", "AS")
)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


# A query that ends like this is limited by it: were it within a comment, a string or a part, the end would look
# different.
_LIMITED = re.compile(r"\s(?P<word>LIMIT)\s+(?P<most>\d+)(?:\s+OFFSET\s+\d+)?\s*\Z", re.IGNORECASE)


class Token(NamedTuple):
    """A word, prefixed name, number or sign that is no part of a variable, IRI, string or comment.

    It stands at ``start`` of the text, within ``depth`` brackets.
    """

    kind: str
    text: str
    start: int
    end: int
    depth: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query that are not variables, IRIs, strings or comments.

    Words and names are given in capitals.
    """
    depth = 0
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "skip"
        if kind == "skip":
            continue
        # The engine needs no space behind a keyword: in SERVICE:x the prefix may be empty. Which it is cannot be told
        # here.
        found = match.group().upper() if kind in ("word", "name") else match.group()
        if found in ("}", ")", "]"):
            depth -= 1
        yield Token(kind, found, match.start(), match.end(), depth)
        if found in ("{", "(", "["):
            depth += 1


def may_ask_the_network(text: str) -> bool:
    """Whether a query can hold SERVICE, however it is taken apart: whether it has these letters anywhere, or escapes.

    Where a text begins to be an IRI or a string can be told for certain by its parser alone. Nobody needs to know here.
    """
    folded = text.casefold()
    return "service" in folded or "\\u" in folded


@lru_cache(_REMEMBERED)
def check(text: str) -> None:
    """Refuse a query that asks the network or that the engine's parser could not survive; raises QueryError."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError(f"the query has {len(text)} characters; at most {MOST_CHARACTERS} are read")
    if _is_short(text) and not may_ask_the_network(text):
        return
    operators = 0
    for token in tokens(text):
        if token.kind in ("word", "name") and "SERVICE" in token.text.partition(":")[0]:
            raise QueryError(
                "SERVICE is not allowed: kgraph answers from its own graph alone and never asks the network"
            )
        if token.depth >= MOST_NESTING:
            raise QueryError(f"the query nests brackets more than {MOST_NESTING} deep")
        operators += token.text in _OPERATORS or token.text in _OPERATOR_WORDS
    if operators > MOST_OPERATORS:
        raise QueryError(f"the query has {operators} operators; at most {MOST_OPERATORS} are read")


def _is_short(text: str) -> bool:
    """Whether a text has too few characters for too many operators, and too few brackets to nest too deep."""
    return len(text) <= MOST_OPERATORS and sum(map(text.count, "{([")) < MOST_NESTING


def form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; "" for what is none of them."""
    outer = (token.text for token in tokens(text) if token.kind == "word" and token.depth == 0)
    return next((name for word in outer for name in FORMS if word.startswith(name)), "")


@lru_cache(_REMEMBERED)
def has_dataset(text: str) -> bool:
    """Whether a query names its graphs itself (FROM)."""
    if "from" not in text.casefold():
        return False
    outer = [token for token in tokens(text) if token.depth == 0]
    return any(
        token.kind in ("word", "name") and token.text.startswith("FROM") and before.text not in ("PREFIX", "BASE")
        for before, token in zip(outer, outer[1:], strict=False)
    )


def _is_limited(text: str, most: int) -> bool:
    """Whether a text ends in a LIMIT that is low enough, and that no comment can have begun before on its line."""
    found = _LIMITED.search(text)
    if found is None:
        return False
    line = max(text.rfind(end, 0, found.start("word")) for end in "\n\r") + 1
    return "#" not in text[line:] and _lower(found["most"], most) == found["most"].lstrip("0")


def _lower(written: str, most: int) -> str:
    """The lower of a number as a query writes it, with as many digits as it likes, and ``most``."""
    digits = written.lstrip("0") or "0"
    return digits if len(digits) < len(str(most)) else str(min(most, int(digits[: len(str(most)) + 1])))


def with_limit(text: str, most: int) -> str:
    """A SELECT that gives at most so many rows: its LIMIT lowered, or one set; other forms are left alone."""
    if _is_limited(text, most):
        return text
    if form(text) != "SELECT":
        return text
    outer = [token for token in tokens(text) if token.depth == 0]
    closed = next((i for i, token in enumerate(outer) if token.text == "}"), None)
    if closed is None:
        return text
    tail = outer[closed + 1 :]
    for here, following in zip(tail, tail[1:], strict=False):
        if here.text == "LIMIT" and following.kind == "number":
            return text[: following.start] + _lower(following.text, most) + text[following.end :]
    values = next((token.start for token in tail if token.text == "VALUES"), len(text))
    return f"{text[:values]}\nLIMIT {most}\n{text[values:]}"
