"""What can be told of a SPARQL text without parsing it: its tokens, its form, whether it is safe to parse, and where its LIMIT stands.

The engine's parser answers deep nesting with a crash of the whole process, and its queries may ask the network; both are recognised here,
before it sees the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True)
class Token:
    """A word, prefixed name, number or sign outside of variables, IRIs, strings and comments, at ``start`` of the text, within ``depth`` brackets."""

    kind: str
    text: str
    start: int
    end: int
    depth: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query that are not variables, IRIs, strings or comments; words and names are given in capitals."""
    depth = 0
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "skip"
        if kind == "skip":
            continue
        # The engine needs no space behind a keyword: in SERVICE:x the prefix may be empty. Which it is cannot be told here.
        found = match.group().upper() if kind in ("word", "name") else match.group()
        if found in ("}", ")", "]"):
            depth -= 1
        yield Token(kind, found, match.start(), match.end(), depth)
        if found in ("{", "(", "["):
            depth += 1


@lru_cache(_REMEMBERED)
def check(text: str) -> None:
    """Refuse a query that asks the network or that the engine's parser could not survive; raises QueryError."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError(f"the query has {len(text)} characters; at most {MOST_CHARACTERS} are read")
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


def form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; "" for what is none of them."""
    outer = (token.text for token in tokens(text) if token.kind == "word" and token.depth == 0)
    return next((name for word in outer for name in _FORMS if word.startswith(name)), "")


@lru_cache(_REMEMBERED)
def has_dataset(text: str) -> bool:
    """Whether a query names its graphs itself (FROM)."""
    outer = [token for token in tokens(text) if token.depth == 0]
    return any(
        token.kind in ("word", "name") and token.text.startswith("FROM") and before.text not in ("PREFIX", "BASE")
        for before, token in zip(outer, outer[1:], strict=False)
    )


def with_limit(text: str, most: int) -> str:
    """A SELECT that gives at most so many rows: its LIMIT lowered, or one set; other forms are left alone."""
    if form(text) != "SELECT":
        return text
    outer = [token for token in tokens(text) if token.depth == 0]
    closed = next((i for i, token in enumerate(outer) if token.text == "}"), None)
    if closed is None:
        return text
    tail = outer[closed + 1 :]
    for here, following in zip(tail, tail[1:], strict=False):
        if here.text == "LIMIT" and following.kind == "number":
            return text[: following.start] + str(min(most, int(following.text))) + text[following.end :]
    values = next((token.start for token in tail if token.text == "VALUES"), len(text))
    return f"{text[:values]}\nLIMIT {most}\n{text[values:]}"
