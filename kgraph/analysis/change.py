"""Change: what a new build knows that an old one did not, and what it no longer says."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from kgraph.analysis.conditions import CONDITION, deadlocks
from kgraph.analysis.contradictions import contradictions
from kgraph.analysis.positions import positions
from kgraph.analysis.table import Evidence, Table
from kgraph.knowledge import Knowledge
from kgraph.model.statement import ACTOR_TYPES
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
KINDS = (DOCUMENT, ACTOR, STANCE, CONDITIONS, CONTRADICTION, STATEMENT, GRAPH)


@dataclass(frozen=True)
class Change:
    """One difference: its kind, whether it is new, gone or changed, in one sentence, and the evidence (of the new build, of the old for what is gone)."""

    kind: str
    sort: str
    explanation: str
    evidence: tuple[Evidence, ...]


def changes(old: Table, new: Table, knowledge: Knowledge) -> list[Change]:
    """All differences: documents, actors, stances that moved, conditions set or settled, contradictions opened or gone, statements."""
    found = [
        *_documents(old, new),
        *_actors(old, new),
        *_stances(old, new),
        *_conditions(old, new, knowledge),
        *_contradictions(old, new, knowledge),
        *_statements(old, new),
    ]
    if not found and old.store is not new.store and stored_graphs(old.store) != stored_graphs(new.store):
        found = [
            Change(
                GRAPH,
                "changed",
                "Nothing but descriptions of things, judgements or versions differ; -f patch lists them.",
                (),
            )
        ]
    return sorted(
        found, key=lambda c: (KINDS.index(c.kind), c.sort, c.explanation, c.evidence[0].statement if c.evidence else "")
    )


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


def _documents(old: Table, new: Table) -> list[Change]:
    before, after = set(old.documents.values()), set(new.documents.values())
    return [Change(DOCUMENT, "new", f"“{name}” was read.", ()) for name in sorted(after - before)] + [
        Change(DOCUMENT, "gone", f"“{name}” is no longer in the graph.", ()) for name in sorted(before - after)
    ]


def _actors(old: Table, new: Table) -> list[Change]:
    def parties(table: Table) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in table.rows.values():
            for party in (row.actor, *row.participants):
                if party and party not in found and table.kind(party) in ACTOR_TYPES:
                    found[party] = row.id
        return found

    before, after = parties(old), parties(new)
    return [
        Change(ACTOR, "new", f"{new.label(p)} appears as a party.", (new.evidence(new.rows[after[p]]),))
        for p in sorted(after.keys() - before.keys())
    ] + [
        Change(ACTOR, "gone", f"{old.label(p)} is no longer a party.", (old.evidence(old.rows[before[p]]),))
        for p in sorted(before.keys() - after.keys())
    ]


def _stances(old: Table, new: Table) -> list[Change]:
    before, after = ({(p.party, p.topic): p for p in positions(table, by_matter=True)} for table in (old, new))
    found = []
    for key in sorted(before.keys() & after.keys()):
        was, now = before[key], after[key]
        if (was.stance, was.certainty) != (now.stance, now.certainty):
            told = f"{now.party_label} on “{now.topic_label}”: was {was.stance} ({was.certainty}), is {now.stance} ({now.certainty})."
            found.append(Change(STANCE, "changed", told, now.parts[0].evidence))
    for key in sorted(before.keys() - after.keys()):
        was = before[key]
        found.append(
            Change(
                STANCE,
                "gone",
                f"{was.party_label} on “{was.topic_label}”: no stance any more, was {was.stance}.",
                was.parts[0].evidence,
            )
        )
    for key in sorted(after.keys() - before.keys()):
        now = after[key]
        found.append(
            Change(STANCE, "new", f"{now.party_label} on “{now.topic_label}”: {now.stance}.", now.parts[0].evidence)
        )
    return found


def _conditions(old: Table, new: Table, knowledge: Knowledge) -> list[Change]:
    before, after = ({f.explanation: f for f in deadlocks(table, knowledge)} for table in (old, new))
    found = []
    for sentence in sorted(after.keys() - before.keys()):
        finding = after[sentence]
        sort = (
            "changed"
            if finding.kind == CONDITION and any(sentence.rpartition(" (")[0] == b.rpartition(" (")[0] for b in before)
            else "new"
        )
        found.append(Change(CONDITIONS, sort, sentence, finding.evidence))
    return found + [
        Change(CONDITIONS, "gone", sentence, before[sentence].evidence)
        for sentence in sorted(before.keys() - after.keys())
        if not any(
            c.sort == "changed" and c.explanation.rpartition(" (")[0] == sentence.rpartition(" (")[0] for c in found
        )
    ]


def _contradictions(old: Table, new: Table, knowledge: Knowledge) -> list[Change]:
    before, after = (
        {c.explanation: c for c in contradictions(table, knowledge) if c.comparable} for table in (old, new)
    )
    return [
        Change(CONTRADICTION, "new", name, after[name].evidence) for name in sorted(after.keys() - before.keys())
    ] + [Change(CONTRADICTION, "gone", name, before[name].evidence) for name in sorted(before.keys() - after.keys())]


def _statements(old: Table, new: Table) -> list[Change]:
    def worded(table: Table, ident: str, sort: str) -> Change:
        row = table.rows[ident]
        who = ", ".join(table.label(p) for p in (row.participants or (row.actor,)) if p)
        turned = ("not " if row.polarity == "negative" else "") + (
            f"({row.modality}) " if row.modality != "actual" else ""
        )
        return Change(
            STATEMENT, sort, f"{who} {turned}{row.relation} {table.label(row.object)}", (table.evidence(row),)
        )

    changed = [
        s
        for s in sorted(new.rows.keys() & old.rows.keys())
        if replace(new.rows[s], move="") != replace(old.rows[s], move="")
    ]
    return (
        [worded(new, s, "new") for s in sorted(new.rows.keys() - old.rows.keys())]
        + [worded(old, s, "gone") for s in sorted(old.rows.keys() - new.rows.keys())]
        + [worded(new, s, "changed") for s in changed]
    )
