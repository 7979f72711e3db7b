"""Findings in the forms that people and programs take them: rows, JSON, CSV, RDF. Every form carries the evidence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from textwrap import wrap
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kgraph.analysis.blocs import Tie
from kgraph.analysis.change import Change
from kgraph.analysis.conditions import Finding
from kgraph.analysis.contradictions import Contradiction
from kgraph.analysis.lifecycle import LifeCycle
from kgraph.analysis.positions import Position, Reversal
from kgraph.analysis.table import Evidence
from kgraph.identifiers import finding_iri
from kgraph.namespaces import PREFIXES, iri
from kgraph.vocabulary import Term

Result = Position | Reversal | Contradiction | Finding | LifeCycle | Tie | Change
_MOST_SHOWN = 2
_EVIDENCE_COLUMNS = ("statement", "document", "start", "end", "quote", "says", "when")


@dataclass(frozen=True)
class Answer:
    """A finding in general: its kind, one sentence, its columns, its evidence; ``entities`` (IRIs) and ``terms`` go into the RDF."""

    kind: str
    explanation: str
    columns: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    entities: tuple[str, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)


def answers(results: Iterable[Result]) -> list[Answer]:
    """Results of an analysis as answers; a position gives one for each matter, a life cycle one for each step."""
    return [answer for result in results for answer in _GENERAL[type(result)](result)]


def _position(p: Position) -> Iterator[Answer]:
    terms = {"asOf": p.as_of} if p.as_of else {}
    if not p.parts:
        yield Answer(
            "position",
            f"No stance of {p.party_label} on {p.topic_label} was read.",
            {
                "party": p.party_label,
                "topic": p.topic_label,
                "as of": p.as_of,
                "matter": "",
                "stance": p.stance,
                "certainty": p.certainty,
            },
            (),
            (p.party, p.topic),
            {**terms, "stance": p.stance, "certainty": p.certainty},
        )
    for part in p.parts:
        stance = " or ".join(part.stances)
        told = f"{p.party_label} on {p.topic_label}{f' as of {p.as_of}' if p.as_of else ''}: {stance} “{part.matter_label}” ({part.certainty})."
        yield Answer(
            "position",
            told,
            {
                "party": p.party_label,
                "topic": p.topic_label,
                "as of": p.as_of,
                "matter": part.matter_label,
                "stance": stance,
                "certainty": part.certainty,
            },
            part.evidence,
            tuple(dict.fromkeys((p.party, p.topic, part.matter))),
            {**terms, "stance": stance, "certainty": part.certainty},
        )


def _reversal(r: Reversal) -> Iterator[Answer]:
    yield Answer(
        "reversal",
        r.explanation,
        {
            "party": r.party_label,
            "matter": r.matter_label,
            "match": r.match,
            "before": r.before,
            "after": r.after,
            "claimed by": "; ".join(r.claimed),
        },
        r.evidence,
        (r.party,),
    )


def _contradiction(c: Contradiction) -> Iterator[Answer]:
    kind = f"contradiction in {c.kind}" if c.comparable else "not comparable"
    yield Answer(
        kind,
        c.explanation,
        {"kind": kind, "about": c.about, "strength": f"{c.strength:.2f}", "values": " | ".join(c.values)},
        c.evidence,
        (),
        {"strength": f"{c.strength:.2f}"},
    )


def _finding(f: Finding) -> Iterator[Answer]:
    yield Answer(
        f.kind,
        f.explanation,
        {"kind": f.kind, "parties": "; ".join(f.parties), "matters": " → ".join(f.matters), "match": f.match},
        f.evidence,
    )


def _life_cycle(c: LifeCycle) -> Iterator[Answer]:
    columns = {"matter": c.label, "kind": c.kind, "state": c.state, "why": c.why}
    told = f"{c.label}: {c.state}. {c.why}"
    if not c.steps:
        yield Answer("life cycle", told, {**columns, "step": "", "party": ""}, (), (c.matter,), {"stance": c.state})
    for step in c.steps:
        yield Answer(
            "life cycle",
            told,
            {**columns, "step": step.step, "party": step.party},
            (step.evidence,),
            (c.matter,),
            {"stance": c.state},
        )


def _tie(t: Tie) -> Iterator[Answer]:
    told = f"{t.one_label} and {t.other_label} agree on {t.congruence} and conflict on {t.conflict} {t.unit}."
    yield Answer(
        "tie",
        told,
        {
            "one": t.one_label,
            "other": t.other_label,
            "congruence": str(t.congruence),
            "conflict": str(t.conflict),
            "normalized": f"{t.normalized:.2f}",
            "communities": f"{t.communities[0]} {t.communities[1]}",
            "agreed": "; ".join(t.agreed),
            "opposed": "; ".join(t.opposed),
        },
        t.evidence,
        (t.one, t.other),
    )


def _change(c: Change) -> Iterator[Answer]:
    yield Answer(f"{c.sort} {c.kind}", c.explanation, {"kind": c.kind, "change": c.sort}, c.evidence)


_GENERAL: dict[type, Any] = {
    Position: _position,
    Reversal: _reversal,
    Contradiction: _contradiction,
    Finding: _finding,
    LifeCycle: _life_cycle,
    Tie: _tie,
    Change: _change,
}


def as_json(results: Iterable[Result]) -> bytes:
    """Results with everything they hold, each with its explanation and kind."""
    listed = []
    for result in results:
        general = next(iter(_GENERAL[type(result)](result)))
        more = {"stance": result.stance, "certainty": result.certainty} if isinstance(result, Position) else {}
        listed.append({"kind": general.kind, "explanation": general.explanation, **more, **asdict(result)})
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(found: list[Answer]) -> bytes:
    """One row for each statement that an answer rests on; answers without evidence have one row."""
    out = io.StringIO(newline="")
    columns = list(found[0].columns) if found else []
    writer = csv.writer(out)
    writer.writerow([*columns, "explanation", *_EVIDENCE_COLUMNS])
    for answer in found:
        own = [*answer.columns.values(), answer.explanation]
        for e in answer.evidence:
            writer.writerow([*own, e.statement, e.document, e.start, e.end, e.quote, " → ".join(e.speakers), e.when])
        if not answer.evidence:
            writer.writerow([*own, *([""] * len(_EVIDENCE_COLUMNS))])
    return out.getvalue().encode()


def as_text(found: list[Answer], width: int = 110, full: bool = False) -> str:
    """Each finding as a sentence, and below it the sentences that it rests on, with who says so, where and when; two of them unless ``full``."""
    lines: list[str] = []
    said = ""
    for answer in found:
        if answer.explanation != said:
            said = answer.explanation
            lines += ["", *wrap(f"{answer.kind}: {said}", width, subsequent_indent="  ")]
        shown = answer.evidence if full else answer.evidence[:_MOST_SHOWN]
        lead = f"{answer.columns['step']} by {answer.columns['party']}: " if answer.columns.get("step") else ""
        for e in shown:
            where = f"{' → '.join(e.speakers) or 'the text itself'}, in {e.document} {e.start}–{e.end}, {e.when}"
            lines += wrap(
                f"{lead}“{' '.join(e.quote.split())}” ({where})",
                width,
                initial_indent="    ",
                subsequent_indent="      ",
            )
        if len(answer.evidence) > len(shown):
            lines.append(f"    … and {len(answer.evidence) - len(shown)} more (--full)")
    return "\n".join(lines[1:]) + "\n" if lines else ""


def as_rows(found: list[Answer]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows for a table, without the sentences."""
    columns = [*(found[0].columns if found else ()), "rests on"]
    return columns, [
        [*answer.columns.values(), "; ".join(sorted({e.document for e in answer.evidence}))] for answer in found
    ]


def as_rdf(found: list[Answer]) -> bytes:
    """Answers as ``neg:Finding`` nodes in sorted Turtle."""
    triples: dict[str, Triple] = {}
    for answer in found:
        node = NamedNode(finding_iri((answer.kind, answer.explanation, *answer.columns.values())))
        pairs: list[tuple[str, Any]] = [
            (iri("rdf:type"), NamedNode(Term.Finding)),
            (Term.findingKind, Literal(answer.kind)),
            (Term.explanation, Literal(answer.explanation)),
        ]
        pairs += [(Term.restsOn, NamedNode(e.statement)) for e in answer.evidence]
        pairs += [(Term.involves, NamedNode(entity)) for entity in answer.entities if entity.startswith("http")]
        pairs += [
            (_TERMS[name], Literal(value, datatype=NamedNode(_TYPES[name])) if name in _TYPES else Literal(value))
            for name, value in answer.terms.items()
        ]
        for predicate, value in pairs:
            triple = Triple(node, NamedNode(predicate), value)
            triples[str(triple)] = triple
    written = pyoxigraph.serialize(
        (triple for _, triple in sorted(triples.items())), format=RdfFormat.TURTLE, prefixes=PREFIXES
    )
    return written or b""


_TERMS = {"stance": Term.stance, "certainty": Term.certainty, "asOf": Term.asOf, "strength": Term.strength}
_TYPES = {"asOf": iri("xsd:date"), "strength": iri("xsd:decimal")}
