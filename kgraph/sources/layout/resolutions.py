"""Resolutions: every clause ("Demands that …") has the body that adopts them as its subject, named once at the top."""

from __future__ import annotations

import re

from kgraph.sources.layout import en
from kgraph.sources.layout.canvas import Places

# "The Security Council," on a line of its own.
_BODY = re.compile(rf"[ \t]*(The [A-Z][\w'’-]*(?: (?:{en.IN_A_BODY}|[A-Z][\w'’-]*)){{0,8}}),[ \t]*$", re.MULTILINE)
# "1. Demands that …", "Further calls upon …", "Urges Chile …": a clause begins with its verb.
_CLAUSE = re.compile(
    r"^[ \t]*(?P<number>\(?\d{1,3}[.)][ \t]+)?"
    rf"(?P<verb>(?:(?:{en.BEFORE_A_CLAUSE_VERB}) )?"
    rf"(?:[A-Za-z][a-z]{{2,}}s\b(?= [a-z])|(?i:{en.CLAUSE_VERB})\b(?= [A-Z])))",
    re.MULTILINE,
)
_LATEST_START = 3000
_FEWEST_CLAUSES = 2

Lent = tuple[tuple[int, int], ...]


def lend_subjects(text: str, places: Places[int]) -> tuple[str, Places[int], Lent]:
    """The text with the body's name before each clause, the place of each character, and where the names were lent.

    A lent name has the places of the name at the top, so that evidence points there. Texts of other kinds stay as they
    are.
    """
    body = _BODY.search(text[:_LATEST_START])
    clauses = [m for m in _CLAUSE.finditer(text, body.end()) if _is_clause(m)] if body else []
    if body is None or len(clauses) < _FEWEST_CLAUSES:
        return text, places, ()
    start, end = body.span(1)
    name, lent = text[start:end] + " ", places[start : end + 1]
    parts: list[str] = []
    kept = Places("I")
    ranges = []
    last = 0
    for clause in clauses:
        number = " " * len(clause["number"] or "")
        parts.append(text[last : clause.start("number") if number else clause.start("verb")] + number)
        kept += places[last : clause.start("verb")]
        begin = len(kept)
        verb = clause["verb"][0].lower() + clause["verb"][1:]
        parts.append(name + verb)
        kept += lent + places[clause.start("verb") : clause.end("verb")]
        ranges.append((begin, begin + len(name)))
        last = clause.end("verb")
    return "".join(parts) + text[last:], kept + places[last:], tuple(ranges)


def _is_clause(match: re.Match[str]) -> bool:
    """Whether a line begins with a verb of the third person, as far as its form tells."""
    return match["verb"][0].isupper() and not match["verb"].endswith("ss")
