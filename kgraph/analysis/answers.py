"""Findings in the forms that people and programs take them: rows, JSON, CSV, RDF. Every form carries the evidence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from textwrap import wrap
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kgraph.analysis.blocs import Tie
from kgraph.analysis.change import Change
from kgraph.analysis.contradictions import Contradiction
from kgraph.analysis.corpus import Evidence
from kgraph.analysis.finding import WEAK, Finding
from kgraph.analysis.lifecycle import LifeCycle
from kgraph.analysis.positions import Position, Reversal, stances_in_words
from kgraph.identifiers import finding_iri
from kgraph.model.wording import enumerated
from kgraph.namespaces import PREFIXES, iri
from kgraph.vocabulary import Term

Result = Position | Reversal | Contradiction | Finding | LifeCycle | Tie | Change
_MOST_SHOWN = 4
_MOST_NAMED = 3
_TWO = 2
_EVIDENCE_COLUMNS = ("statement", "document", "start", "end", "quote", "says", "when", "statement confidence")


@dataclass(frozen=True)
class Answer:
    """A finding in general: its kind, one sentence, its columns, its evidence; ``entities`` (IRIs) and ``terms`` go
    into the RDF.

    ``confidence`` is the least of its statements (None where it rests on none), ``match`` how they were found to
    belong together.
    """

    kind: str
    explanation: str
    columns: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    entities: tuple[str, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    match: str = ""

    @property
    def trust(self) -> str:
        """How far the finding can be trusted, in words."""
        sure = f"confidence {self.confidence:.2f}" if self.confidence is not None else ""
        return "; ".join(filter(None, (sure, self.match)))


def is_weak(result: Result) -> bool:
    """Whether a finding scores too low to be shown unasked; positions and changes have no score."""
    return getattr(result, "score", 1.0) < WEAK


def answers(results: Iterable[Result]) -> list[Answer]:
    """Results of an analysis as answers; a position gives one for each matter, a life cycle one for each step."""
    return [answer for result in results for answer in _GENERAL[type(result)](result)]


def _position(p: Position) -> Iterator[Answer]:
    dated = {"asOf": p.as_of} if p.as_of else {}
    named = {"party": p.party_label, "topic": p.topic_label, "as of": p.as_of}
    if not p.parts:
        yield Answer(
            kind="position",
            explanation=f"No stance of {p.party_label} on {p.topic_label} was read.",
            columns={**named, "matter": "", "stance": p.stance, "certainty": "", "confidence": ""},
            evidence=(),
            entities=(p.party, p.topic),
            terms={**dated, "stance": p.stance},
        )
    day = f" as of {p.as_of}" if p.as_of else ""
    for part in p.parts:
        stance = " or ".join(part.stances)
        yield Answer(
            kind="position",
            explanation=(
                f"{p.party_label} on {p.topic_label}{day}: {stances_in_words(part.stances)} “{part.matter_label}” "
                f"({part.certainty})."
            ),
            columns={
                **named,
                "matter": part.matter_label,
                "stance": stance,
                "certainty": part.certainty,
                "confidence": f"{part.confidence:.2f}",
            },
            evidence=part.evidence,
            entities=tuple(dict.fromkeys((p.party, p.topic, part.matter))),
            terms={**dated, "stance": stance, "certainty": part.certainty},
            confidence=part.confidence,
        )


def _reversal(r: Reversal) -> Iterator[Answer]:
    yield Answer(
        kind="reversal",
        explanation=r.explanation,
        columns={
            "party": r.party_label,
            "matter": r.matter_label,
            "match": r.match,
            "before": r.before,
            "after": r.after,
            "order": r.order,
            "claimed by": "; ".join(r.claimed),
            **_scored(r),
        },
        evidence=r.evidence,
        entities=(r.party, r.matter),
        confidence=r.confidence,
        match=f"{r.match}; ordered {r.order}",
    )


def _contradiction(c: Contradiction) -> Iterator[Answer]:
    kind = f"contradiction in {c.kind}" if c.comparable else "not comparable"
    yield Answer(
        kind=kind,
        explanation=c.explanation,
        columns={
            "kind": kind,
            "about": c.about,
            "strength": f"{c.strength:.2f}",
            "values": " | ".join(c.values),
            "match": c.match,
            **_scored(c),
        },
        evidence=c.evidence,
        terms={"strength": f"{c.strength:.2f}"},
        confidence=c.confidence,
        match=c.match,
    )


def _finding(f: Finding) -> Iterator[Answer]:
    yield Answer(
        kind=f.kind,
        explanation=f.explanation,
        columns={
            "kind": f.kind,
            "parties": "; ".join(f.parties),
            "matters": " → ".join(f.matters),
            "match": f.match,
            **_scored(f),
        },
        evidence=f.evidence,
        confidence=f.confidence,
        match=f.match,
    )


def _life_cycle(c: LifeCycle) -> Iterator[Answer]:
    columns = {"matter": c.label, "kind": c.kind, "state": c.state, "why": c.why, **_scored(c)}
    told = Answer(
        kind="life cycle",
        explanation=f"{c.label}: {c.state}. {c.why}",
        columns={**columns, "step": "", "party": ""},
        evidence=(),
        entities=(c.matter,),
        terms={"stance": c.state},
        confidence=c.confidence if c.steps else None,
        match=c.match if c.steps else "",
    )
    if not c.steps:
        yield told
    for step in c.steps:
        yield replace(told, columns={**columns, "step": step.step, "party": step.party}, evidence=(step.evidence,))


def _tie(t: Tie) -> Iterator[Answer]:
    where = f" in “{t.negotiation}”" if t.negotiation else ""
    same = f"on the same side of {_counted(t.congruence, t.unit, t.agreed)}"
    opposed = f"on opposite sides of {_counted(t.conflict, t.unit, t.opposed)}"
    sides = [words for words, number in ((same, t.congruence), (opposed, t.conflict)) if number]
    one, other = enumerated(t.ones), enumerated(t.others)
    if t.conflict and len(t.ones) + len(t.others) > _TWO:
        told = f"{one} on one side and {other} on the other differ on {_counted(t.conflict, t.unit, t.opposed)}{where}."
    else:
        told = f"{enumerated([*t.ones, *t.others])} are {', and '.join(sides)}{where}."
    yield Answer(
        kind="tie",
        explanation=told,
        columns={
            "one": "; ".join(t.ones),
            "other": "; ".join(t.others),
            "congruence": str(t.congruence),
            "conflict": str(t.conflict),
            "normalized": f"{t.normalized:.2f}",
            "communities": f"{t.communities[0]} {t.communities[1]}",
            "agreed": "; ".join(t.agreed),
            "opposed": "; ".join(t.opposed),
            "negotiation": t.negotiation,
            **_scored(t),
        },
        evidence=t.evidence,
        entities=(t.one, t.other),
        confidence=t.confidence,
        match=t.match,
    )


def _counted(number: int, unit: str, names: tuple[str, ...]) -> str:
    """ "2 matters (“truce”, “prisoner exchange”)"."""
    named = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return f"{number} {unit if number > 1 else unit.removesuffix('s')} ({named})"


def _change(c: Change) -> Iterator[Answer]:
    least = min((e.confidence for e in c.evidence), default=None)
    yield Answer(
        kind=f"{c.sort} {c.kind}",
        explanation=c.explanation,
        columns={"kind": c.kind, "change": c.sort},
        evidence=c.evidence,
        confidence=least,
    )


def _scored(result: Reversal | Contradiction | Finding | LifeCycle | Tie) -> dict[str, str]:
    return {"confidence": f"{result.confidence:.2f}", "score": f"{result.score:.2f}"}


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
        listed.append({"kind": general.kind, "explanation": general.explanation, **more, **_record(result)})
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def _record(value: Any) -> Any:
    """A result, or a part of one, as JSON has it."""
    if isinstance(value, Evidence):
        return value.record()
    if is_dataclass(value):
        return {one.name: _record(getattr(value, one.name)) for one in fields(value)}
    return [_record(item) for item in value] if isinstance(value, tuple) else value


def as_csv(found: list[Answer]) -> bytes:
    """One row for each statement that an answer rests on; answers without evidence have one row."""
    out = io.StringIO(newline="")
    columns = list(found[0].columns) if found else []
    writer = csv.writer(out)
    writer.writerow([*columns, "explanation", *_EVIDENCE_COLUMNS])
    for answer in found:
        own = [*answer.columns.values(), answer.explanation]
        for e in answer.evidence:
            place = (e.statement, e.document, e.start, e.end)
            writer.writerow([*own, *place, e.quote, " → ".join(e.speakers), e.when, e.confidence])
        if not answer.evidence:
            writer.writerow([*own, *([""] * len(_EVIDENCE_COLUMNS))])
    return out.getvalue().encode()


def as_text(found: list[Answer], width: int = 110, full: bool = False) -> str:
    """Each finding as a sentence, and below it the sentences that it rests on, with who says so, where and when; four
    of them unless ``full``.
    """
    lines: list[str] = []
    said = ""
    for answer in found:
        if answer.explanation != said:
            said = answer.explanation
            lines += ["", *wrap(f"{answer.kind}: {said}", width, subsequent_indent="  ")]
            lines += wrap(answer.trust, width, initial_indent="  ", subsequent_indent="  ")
        # One clause may say it of several parties: it is read once.
        clauses = list({(e.document, e.start, e.end): e for e in answer.evidence}.values())
        shown = clauses if full else clauses[:_MOST_SHOWN]
        lead = f"{answer.columns['step']} by {answer.columns['party']}: " if answer.columns.get("step") else ""
        for e in shown:
            where = f"{' → '.join(e.speakers) or 'the text itself'}, in {e.document} {e.start}–{e.end}, {e.when}"
            lines += wrap(
                f"{lead}“{' '.join(e.quote.split())}” ({where})",
                width,
                initial_indent="    ",
                subsequent_indent="      ",
            )
        if len(clauses) > len(shown):
            lines.append(f"    … and {len(clauses) - len(shown)} more (--full)")
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
