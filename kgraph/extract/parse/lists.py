""" "of the UN, Japan and Norway": the names of a list are coordinated, whatever the parser hangs them on."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words

# Labels of names that stand in one list.
_ALIKE = (frozenset(("GPE", "ORG", "NORP")), frozenset(("PERSON",)))
_FEWEST = 3


def mend_lists(doc: Doc) -> Doc:
    """Hang the names of each list on its first, and that on what the list stands with."""
    for names in _lists(doc):
        _coordinate(names)
    return doc


def _lists(doc: Doc) -> Iterator[list[Span]]:
    """Runs of three names and more of bodies, or of people, that commas part and "and" or "or" closes; behind "between"
    it may be left out."""
    run: list[Span] = []
    for name in doc.ents:
        if run and name.start < _with_short_form(run[-1]).end:
            continue
        if not run or not _stand_together(run[-1], name):
            if _is_among(run):
                yield run
            run = [name]
            continue
        last = run[-1]
        run = [name] if _is_where(run[0].root) else [*run, name]
        if any(token.lower_ in words.AND_OR for token in _between(last, name)):
            if len(run) >= _FEWEST:
                yield run
            run = []
    if _is_among(run):
        yield run


def _is_among(run: list[Span]) -> bool:
    """ "between Malta, Peru, the United States": a list without "and"."""
    if len(run) < _FEWEST:
        return False
    before = (token.lower_ for token in reversed(run[0].doc[: run[0].start]) if token.lower_ not in words.ARTICLE)
    return next(before, "") in words.AMONG_PARTIES


def _stand_together(name: Span, other: Span) -> bool:
    """Whether two names of a kind are parted by no more than a comma, a conjunction and an article."""
    parting = [token for token in _between(name, other) if token.lower_ not in words.ARTICLE]
    plain = all(token.text == "," or token.lower_ in words.AND_OR for token in parting)
    return bool(parting) and plain and any({name.label_, other.label_} <= alike for alike in _ALIKE)


def _between(name: Span, other: Span) -> Span:
    return name.doc[_with_short_form(name).end : other.start]


def _with_short_form(name: Span) -> Span:
    """ "the Southern Union (SU)": a name with the brackets behind it."""
    behind = [token.text for token in name.doc[name.end : name.end + 3]]
    bracketed = behind[:1] == ["("] and behind[2:] == [")"]
    return name.doc[name.start : name.end + 3] if bracketed else name


def _is_where(name: Token) -> bool:
    """ "In Geneva, Russia, Norway and Peru agreed": the place is none of those who act."""
    return name.dep_ == "pobj" and name.head.lower_ in words.PLACE_IN and bool(name.head.is_sent_start)


def _coordinate(names: list[Span]) -> None:
    first, *others = map(_head, names)
    inside = {token for name in names for token in _with_short_form(name)}
    if first.head in inside:
        # One of the others is what the list hangs by.
        hanging = [root for root in others if root.head not in inside and root.head != root]
        if not hanging:
            return
        first.head, first.dep_ = hanging[0].head, hanging[0].dep_
    elif first.dep_ == "conj" and _is_where(first.head):
        _make_subject(first, names[-1])
    for root in others:
        root.head, root.dep_ = first, "conj"
    for name in names:
        for token in _with_short_form(name)[len(name) :]:
            token.head, token.dep_ = _head(name), "punct" if token.is_punct else "appos"


def _head(name: Span) -> Token:
    """The noun of a name, also where the parser hangs its article beside it."""
    outside = [token for token in name if token.head not in name or token.head == token]
    return next((token for token in reversed(outside) if clauses.is_nominal(token)), name.root)


def _make_subject(first: Token, last: Span) -> None:
    """The list is the subject of its sentence's verb where that has none."""
    verb = first.sent.root
    if verb.i >= last.end and not clauses.children(verb, *clauses.NAMED_SUBJECTS):
        first.head, first.dep_ = verb, "nsubj"
