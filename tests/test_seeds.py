"""What the program must have read in the two seed articles; and that it was read there, not written into the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kgraph.build.reading import extract_resolved
from kgraph.rdf.query import ask, columns_and_rows

ROOT = Path(__file__).parent.parent
STOP = set(
    "a an the of to in on for with by from at as and or that this these those it its his her their he she they is are was were be been has have had "
    "not no but which who what will would could should may might can do does did s u about into after before over more than also".split()
)


def find(records, relation, who=None, what=None):
    return [
        r
        for r in records
        if r["relation"] == relation
        and (who is None or (r.get("actor") or {}).get("label") == who)
        and (what is None or what in r["object"]["mention"] or what in r["object"]["label"])
    ]


def test_dates_of_the_dated_article(records):
    assert [r["date"] for r in find(records, "proposes", "Donald Trump", "phone conversation")] == ["2025-12-28"]
    assert [r["date"] for r in find(records, "proposes", "Volodymyr Zelensky", "20-point")] == ["2025-12-22/2025-12-28"]
    assert [r["date"] for r in find(records, "threatens", "Vladimir Putin")] == ["2025-12-27"]


def test_the_undated_article_gets_no_date(records):
    undated = [r for r in records if r["document"] == "ceasefire-remarks"]
    assert undated
    assert {r["date"] for r in undated} == {None}


def test_the_undated_article_is_bounded_by_an_office():
    """ "This Sunday" stays unresolved; the office of president-elect bounds when the text was written."""
    from kgraph.extract import bounds
    from kgraph.extract.casting import read_cast
    from kgraph.extract.gazetteer import is_known_name
    from kgraph.extract.parse.pipeline import pipeline
    from kgraph.extract.parse.text import reading_text
    from kgraph.extract.reading import Reading
    from kgraph.knowledge import load_knowledge

    (document,) = __import__("kgraph.sources.documents", fromlist=["read_documents"]).read_documents(
        [ROOT / "seeds" / "ceasefire-remarks.txt"]
    )
    knowledge = load_knowledge()
    doc = pipeline()(reading_text(document, lambda word: is_known_name(knowledge, word)))
    context = bounds.context_of(Reading(document, doc, read_cast(doc, knowledge), knowledge, []))
    assert (context.edtf, context.earliest, context.latest) == (None, "2024-11-06", "2025-01-20")
    assert "president-elect" in context.derivation


def test_the_condition_on_peace(records):
    found = [
        r
        for r in find(records, "conditionsOn", "Russia")
        if r["object"]["mention"].endswith("move forward toward peace")
    ]
    assert len(found) == 2
    assert {"rescind" in r["condition"]["mention"] or "authorize" in r["condition"]["mention"] for r in found} == {True}
    assert {r["speaker"]["label"] for r in found} == {"Dmitry Peskov"}


def test_the_threat_under_a_condition(records):
    (found,) = find(records, "conditionsOn", "Vladimir Putin")
    assert found["condition"]["mention"] == "Kiev continues to avoid a negotiated settlement"
    assert found["object"]["mention"] == "Russia would pursue its objectives through military means"


def test_a_rejection_is_linked_to_the_plan_it_means(records):
    (found,) = find(records, "rejects", "Russia")
    assert (found["object"]["mention"], found["object"]["label"]) == ("the proposal", "20-point peace plan")


def test_what_a_spokesman_alleges_is_his(records):
    (found,) = find(records, "rejects", "Ukraine")
    assert (found["voice"], found["speaker"]["label"]) == ("other", "Dmitry Peskov")


def test_figures_by_claimant(records):
    found = {(r["actor"]["label"], r["value"], r["bound"]) for r in find(records, "claims")}
    assert found == {
        ("Donald Trump", 600000, "close to"),
        ("Donald Trump", 400000, None),
        ("Volodymyr Zelensky", 43000, None),
        ("Volodymyr Zelensky", 370000, None),
        ("Citizen monitors", 82050, "more than"),
        ("UA Losses", 65285, "more than"),
    }


def test_meetings_held_and_planned(records):
    found = {
        (frozenset(p["label"] for p in r["participants"]), r["modality"], (r["place"] or {}).get("mention"))
        for r in find(records, "meets")
    }
    pair = frozenset(("Vladimir Putin", "Donald Trump"))
    assert (pair, "actual", None) in found
    assert (pair, "actual", "Anchorage") in found
    assert (pair, "planned", None) in found
    assert (frozenset(("Donald Trump", "Volodymyr Zelensky")), "planned", "Florida") in found


@pytest.mark.parametrize(
    ("label", "kind", "wordings"),
    [
        ("Volodymyr Zelensky", "Person", ["Zelensky", "Vladimir Zelensky"]),
        ("Vladimir Putin", "Person", ["Putin"]),
        ("Donald Trump", "Person", ["Trump"]),
        ("Dmitry Peskov", "Person", ["Peskov", "Putin’s press secretary"]),
        ("Yury Ushakov", "Person", ["Ushakov"]),
        ("Russia", "State", ["Moscow", "Russia", "Kremlin"]),
        ("Ukraine", "State", ["Kiev", "Ukraine"]),
        ("United States", "State", ["Washington", "US"]),
        ("Mediazona", "Organization", ["Mediazona"]),
        ("BBC", "Organization", ["BBC"]),
        ("UA Losses", "Organization", ["UA Losses"]),
        ("Axios", "Organization", ["Axios"]),
        ("Truth Social", "Organization", ["Truth Social"]),
        ("20-point peace plan", "Plan", ["the proposal", "a new 20-point peace plan"]),
        ("temporary ceasefire", "Measure", ["such pauses"]),
        (
            "phone conversation between Vladimir Putin and Donald Trump",
            "Meeting",
            ["the call", "The discussion", "the conversation"],
        ),
        (
            "Trump’s upcoming meeting with Zelensky in Florida",
            "Meeting",
            ["planned meeting", "upcoming meeting", "talks with Trump"],
        ),
        ("Istanbul agreements", "Agreement", ["the Istanbul agreements"]),
    ],
)
def test_things_and_their_wordings_are_one_node(store, label, kind, wordings):
    query = f'''SELECT ?words WHERE {{ ?o skos:prefLabel "{label}" ; a neg:{kind} . ?e neg:refersTo ?o ; neg:role neg:mentionRole ;
                oa:hasSelector/oa:exact ?words }}'''
    found = {words for (words,) in columns_and_rows(ask(store, query))[1]}
    assert found, f"{label} is no {kind} of the graph"
    for wording in wordings:
        assert any(wording in words for words in found), f"{wording!r} not among {sorted(found)}"


def test_the_decree_is_one_legal_act(store):
    found = columns_and_rows(ask(store, "SELECT DISTINCT ?o WHERE { ?o a neg:LegalAct }"))[1]
    assert len(found) == 1


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z0-9]+", text.lower().replace("’", "'")) if w not in STOP]


def test_no_three_words_of_the_seeds_stand_in_code_or_lexicon():
    seeds = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "seeds").glob("*.txt"))
    sentences = re.split(r"[.:\n]", seeds)
    triples = {tuple(words[i : i + 3]) for words in map(_words, sentences) for i in range(len(words) - 2)}
    assert len(triples) > 300
    files = [
        *ROOT.glob("kgraph/**/*.py"),
        *ROOT.glob("kgraph/**/*.rq"),
        *ROOT.glob("kgraph/views/templates/*"),
        *ROOT.glob("ontology/lexicon/*.ttl"),
        *ROOT.glob("frontend/src/**/*.js"),
    ]
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = _words(line)
            shared = triples & {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
            assert not shared, f"{path.name}: {shared}"


def test_extract_equals_what_the_store_gives_back(records):
    from kgraph.model.record import record

    def without_negotiation(record):
        # Which negotiation a document belongs to only its neighbours tell; it is extracted by itself.
        return {name: value for name, value in record.items() if name != "negotiation"}

    extracted = [record(s) for e in extract_resolved([ROOT / "seeds"]) for s in e.statements]
    assert sorted(map(without_negotiation, extracted), key=lambda r: r["id"]) == sorted(
        map(without_negotiation, records), key=lambda r: r["id"]
    )
