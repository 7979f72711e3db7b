"""Change: what a new build knows that an old one did not, and what it no longer says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from kgraph.analysis.apart import Apart, around_conditions, around_contradictions, touched_by
from kgraph.analysis.conditions import deadlocks
from kgraph.analysis.contradictions import contradictions
from kgraph.analysis.corpus import Corpus, Evidence, matter, party
from kgraph.analysis.finding import CONDITION
from kgraph.analysis.positions import positions
from kgraph.model.statement import ACTOR_TYPES, Statement
from kgraph.model.telling import in_short
from kgraph.rdf.store import stored_graphs

DOCUMENT, STATEMENT, ACTOR, STANCE, CONDITIONS, CONTRADICTION = (
    "document",
    "statement",
    "actor",
    "stance",
    "condition",
    "contradiction",
)
GRAPH = "graph"
_MOST_PASSAGES, _LONGEST_PASSAGE = 3, 160
KINDS = (STANCE, CONDITIONS, CONTRADICTION, DOCUMENT, ACTOR, STATEMENT, GRAPH)
CHANGED, NEW, GONE = "changed", "new", "gone"
SORTS = (CHANGED, NEW, GONE)


@dataclass(frozen=True)
class Change:
    """One difference: its kind, whether it is new, gone or changed, in one sentence, and the evidence (of the new
    build, of the old for what is gone).
    """

    kind: str
    sort: str
    explanation: str
    evidence: tuple[Evidence, ...]


def changes(old: Corpus, new: Corpus) -> list[Change]:
    """All differences, what moved before what is new: stances, conditions and contradictions first, then documents,
    actors and statements.

    What the graphs' makers noted down of them is believed: graphs with the same digests are not looked at. Conditions
    and contradictions are found anew only around statements that the two do not both have, or that rest on something
    else: all others are the same.
    """
    if _are_same(old, new):
        return []
    apart = Apart.of(old, new)
    touched = touched_by(old, new, apart)
    found = [
        *_stances(old, new, apart),
        *_conditions(*around_conditions(old, new, touched)),
        *_contradictions(*around_contradictions(old, new, touched)),
        *_documents(old, new),
        *_actors(old, new),
        *_statements(old, new, apart),
    ]
    if not found and old.graph is not new.graph and _digests(old) != _digests(new):
        words = "Nothing but descriptions of things, judgements or versions differ; -f patch lists them."
        found = [Change(GRAPH, CHANGED, words, ())]
    return sorted(
        found,
        key=lambda c: (
            SORTS.index(c.sort),
            KINDS.index(c.kind),
            c.explanation,
            c.evidence[0].statement if c.evidence else "",
        ),
    )


def _are_same(old: Corpus, new: Corpus) -> bool:
    """Whether both are known to hold the same without being looked at."""
    if old.choice != new.choice or old.knowledge != new.knowledge:
        return False
    noted = old.graph.digests
    return old.graph is new.graph or (noted is not None and noted == new.graph.digests)


def _digests(corpus: Corpus) -> Mapping[str, str]:
    noted = corpus.graph.digests
    return noted or {name: entry.sha256 for name, entry in stored_graphs(corpus.graph.store).items()}


def patch(old: Store, new: Store) -> bytes:
    """The difference as an RDF Patch (Apache Jena's format): quads deleted and added, sorted, in one transaction."""
    before, after = ({str(quad): quad for quad in store} for store in (old, new))
    lines = ["TX ."]
    lines += [f"D {_line(before[key])}" for key in sorted(before.keys() - after.keys())]
    lines += [f"A {_line(after[key])}" for key in sorted(after.keys() - before.keys())]
    return ("\n".join([*lines, "TC ."]) + "\n").encode()


def _line(quad: pyoxigraph.Quad) -> str:
    written = pyoxigraph.serialize([quad], format=RdfFormat.N_QUADS)
    assert written is not None
    return written.decode().strip()


def _documents(old: Corpus, new: Corpus) -> list[Change]:
    before, after = set(old.texts), set(new.texts)
    rewritten = (name for name in sorted(before & after) if old.texts[name] != new.texts[name])
    return [
        *(Change(DOCUMENT, NEW, f"“{name}” was read.", ()) for name in sorted(after - before)),
        *(Change(DOCUMENT, GONE, f"“{name}” is no longer in the graph.", ()) for name in sorted(before - after)),
        *(Change(DOCUMENT, CHANGED, _rewriting(name, old.texts[name], new.texts[name]), ()) for name in rewritten),
    ]


def _rewriting(name: str, before: str, after: str) -> str:
    """What was changed in the text of a document, passage by passage."""
    was, now = ([line.strip() for line in text.split("\n") if line.strip()] for text in (before, after))
    old_lines, new_lines = set(was), set(now)
    added = [f"new: “{_shortened(line)}”" for line in now if line not in old_lines]
    left = [f"gone: “{_shortened(line)}”" for line in was if line not in new_lines]
    told = [*added[:_MOST_PASSAGES], *left[:_MOST_PASSAGES]]
    more = len(added) + len(left) - len(told)
    parts = [*told, *([f"and {more} more"] if more else [])]
    return f"The text of “{name}” changed: {'; '.join(parts) or 'its lines have another order'}."


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_PASSAGE else f"{line[:_LONGEST_PASSAGE].rstrip()} …"


def _actors(old: Corpus, new: Corpus) -> list[Change]:
    before, after = _parties(old), _parties(new)
    return [
        Change(ACTOR, NEW, f"{new.label(p)} appears as a party.", (new.evidence(after[p]),))
        for p in sorted(after.keys() - before.keys())
    ] + [
        Change(ACTOR, GONE, f"{old.label(p)} is no longer a party.", (old.evidence(before[p]),))
        for p in sorted(before.keys() - after.keys())
    ]


def _parties(corpus: Corpus) -> dict[str, Statement]:
    """Every actor that makes a move, with the first statement that says so."""
    found: dict[str, Statement] = {}
    for statement in corpus.statements.values():
        for mention in statement.parties:
            if mention.type in ACTOR_TYPES:
                found.setdefault(mention.entity, statement)
    return found


def _stances(old: Corpus, new: Corpus, apart: Apart) -> list[Change]:
    keys = {(party(s), matter(s)) for s in apart.both()}
    chosen = (corpus.only(lambda s: (party(s), matter(s)) in keys) for corpus in (old, new))
    before, after = ({(p.party, p.topic): p for p in positions(corpus, by_matter=True)} for corpus in chosen)
    found = []
    for key in sorted(before.keys() & after.keys()):
        was, now = before[key], after[key]
        if (was.stance, was.certainty) != (now.stance, now.certainty):
            told = (
                f"{now.party_label} on “{now.topic_label}”: {now.stance} ({now.certainty}); "
                f"before: {was.stance} ({was.certainty})."
            )
            found.append(Change(STANCE, CHANGED, told, now.parts[0].evidence))
    for key in sorted(before.keys() - after.keys()):
        was = before[key]
        told = f"{was.party_label} on “{was.topic_label}”: no stance any more; before: {was.stance}."
        found.append(Change(STANCE, GONE, told, was.parts[0].evidence))
    for key in sorted(after.keys() - before.keys()):
        now = after[key]
        told = f"{now.party_label} on “{now.topic_label}”: {now.stance}."
        found.append(Change(STANCE, NEW, told, now.parts[0].evidence))
    return found


def _conditions(old: Corpus, new: Corpus) -> list[Change]:
    before, after = ({f.explanation: f for f in deadlocks(corpus)} for corpus in (old, new))
    # A condition whose status alone changed is the same condition.
    was = {_but_status(sentence) for sentence in before}
    now = {_but_status(sentence) for sentence, finding in after.items() if finding.kind == CONDITION}
    found = []
    for sentence in sorted(after.keys() - before.keys()):
        changed = after[sentence].kind == CONDITION and _but_status(sentence) in was
        found.append(Change(CONDITIONS, CHANGED if changed else NEW, sentence, after[sentence].evidence))
    return found + [
        Change(CONDITIONS, GONE, sentence, before[sentence].evidence)
        for sentence in sorted(before.keys() - after.keys())
        if before[sentence].kind != CONDITION or _but_status(sentence) not in now
    ]


def _but_status(sentence: str) -> str:
    return sentence.rpartition(" (")[0] or sentence


def _contradictions(old: Corpus, new: Corpus) -> list[Change]:
    before, after = ({c.explanation: c for c in contradictions(corpus) if c.comparable} for corpus in (old, new))
    return [Change(CONTRADICTION, NEW, name, after[name].evidence) for name in sorted(after.keys() - before.keys())] + [
        Change(CONTRADICTION, GONE, name, before[name].evidence) for name in sorted(before.keys() - after.keys())
    ]


def _statements(old: Corpus, new: Corpus, apart: Apart) -> list[Change]:
    before, after = apart.before, apart.after
    changed = [s for s in sorted(after.keys() & before.keys()) if _content(after[s]) != _content(before[s])]
    return (
        [_worded(new, s, NEW) for s in sorted(after.keys() - before.keys())]
        + [_worded(old, s, GONE) for s in sorted(before.keys() - after.keys())]
        + [_worded(new, s, CHANGED) for s in changed]
    )


def _content(statement: Statement) -> tuple[object, ...]:
    """What a statement says; what its things are called, and which others report the same move, does not change it."""
    return (
        statement.relation,
        statement.polarity,
        statement.modality,
        statement.voice,
        statement.dating,
        (statement.value, statement.bound, statement.what),
        [(role, mention.entity) for role, mentions in statement.roles().items() for mention in mentions],
    )


def _worded(corpus: Corpus, address: str, sort: str) -> Change:
    statement = corpus.statements[address]
    return Change(STATEMENT, sort, in_short(statement), (corpus.evidence(statement),))
