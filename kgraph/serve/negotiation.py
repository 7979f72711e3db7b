"""Which format an answer comes in: content negotiation by the Accept header, or by name in ``format``."""

from __future__ import annotations

from functools import lru_cache

import mimeparse

# Programs send the same header again and again; weighing it takes longer than a small answer.
_REMEMBERED = 256

ROWS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
TRIPLES = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
# What a client may write for each; of equally welcome ones the last is taken.
_ROWS_ACCEPTED = {
    "text/tab-separated-values": "tsv",
    "text/csv": "csv",
    "application/xml": "xml",
    "application/sparql-results+xml": "xml",
    "application/json": "json",
    "application/sparql-results+json": "json",
}
_TRIPLES_ACCEPTED = {
    "application/json": "jsonld",
    "application/ld+json": "jsonld",
    "application/xml": "rdfxml",
    "application/rdf+xml": "rdfxml",
    "text/plain": "nt",
    "application/n-triples": "nt",
    "application/x-turtle": "ttl",
    "text/turtle": "ttl",
}
HTML = "text/html"


@lru_cache(_REMEMBERED)
def rows_format(accept: str, name: str = "") -> str | None:
    """The format for rows; None where the client accepts none of ours."""
    return name if name in ROWS else _best(accept, _ROWS_ACCEPTED)


@lru_cache(_REMEMBERED)
def triples_format(accept: str, name: str = "") -> str | None:
    """The format for triples; None where the client accepts none of ours."""
    return name if name in TRIPLES else _best(accept, _TRIPLES_ACCEPTED)


def wants_html(accept: str) -> bool:
    """Whether a client would rather have a page than data: browsers name text/html, programs do not."""
    return "text/html" in accept and _best(accept, {**dict.fromkeys(_TRIPLES_ACCEPTED, ""), HTML: HTML}) == HTML


def _best(accept: str, offered: dict[str, str]) -> str | None:
    try:
        found = mimeparse.best_match(list(offered), accept or "*/*")
    except (mimeparse.MimeTypeParseException, ValueError):
        found = next(reversed(offered))
    return offered.get(found)
