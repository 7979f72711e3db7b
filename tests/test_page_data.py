"""What stands behind the pages.

The data contract, where things are placed, what an excerpt keeps, and what a page weighs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass

import jsonschema
import networkx
import pytest

from kgraph.analysis.conditions import ConditionGraph
from kgraph.analysis.corpus import Corpus
from kgraph.build.pipeline import build
from kgraph.model.links import ends_of
from kgraph.model.selection import Selection
from kgraph.namespaces import KG
from kgraph.views import contract
from kgraph.views.conditions import condition_view, layered
from kgraph.views.contract import VERSION, page_schema
from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page
from kgraph.views.layout import HUBS, communities, hub_places
from kgraph.views.pages import page_files
from kgraph.vocabulary import Relation
from tests import page_schema as page_schema_file
from tests.carried import inflated
from tests.synthetic import Move, graph_of, random_moves


@pytest.fixture(scope="module")
def data(seeds):
    return page_data(seeds)


def embedded(page: str) -> dict:
    """The data that a page carries, as the page itself unpacks them."""
    first, apart = (
        json.loads(inflated(page, f'type="application/json" id="{block}"')[0]) for block in ("data", "apart")
    )
    for name, value in apart.items():
        first[name] = {"columns": first[name]["columns"] | value["columns"]} if "columns" in first[name] else value
    return {name: rows(value) if isinstance(value, dict) else value for name, value in first.items()}


def rows(value: dict) -> list[dict]:
    columns = {name: unpacked(column) for name, column in value["columns"].items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def unpacked(column) -> list:
    if isinstance(column, list):
        return column
    if "after" in column:
        return [column["after"] + rest for rest in unpacked(column["rest"])]
    return [column["of"][place] for place in column["at"]]


# The contract


def test_the_page_carries_the_data_and_the_schema_admits_it(data, seeds):
    carried = embedded(seeds.outputs["network"].read_text(encoding="utf-8"))
    assert carried == json.loads(json.dumps(data.as_json()))
    jsonschema.Draft202012Validator.check_schema(page_schema())
    jsonschema.validate(carried, page_schema())


def test_the_schema_refuses_what_the_contract_does_not_know(data):
    for changed in (
        {**data.as_json(), "extra": 1},
        {**data.as_json(), "version": VERSION + 1},
        {k: v for k, v in data.as_json().items() if k != "edges"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(changed, page_schema())


def test_every_place_of_the_contract_is_described():
    kinds = [kind for kind in vars(contract).values() if is_dataclass(kind) and isinstance(kind, type)]
    assert len(kinds) == 13
    for kind in kinds:
        for place in fields(kind):
            assert len(place.metadata["description"]) > 2, f"{kind.__name__}.{place.name}"
    assert set(page_schema()["$defs"]) == {kind.__name__ for kind in kinds} - {"PageData"}


def test_the_front_end_has_the_types_of_this_contract():
    assert page_schema_file.PATH.read_text(encoding="utf-8") == page_schema_file.as_text(), "run `make golden`"


def test_the_front_end_reads_every_place_of_the_contract():
    """That it reads no other, the type checker holds."""
    folder = page_schema_file.PATH.parent / "src"
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.js")))
    kinds = [kind for kind in vars(contract).values() if is_dataclass(kind) and isinstance(kind, type)]
    names = {place.name for kind in kinds for place in fields(kind)} - {"version", "excerpt", "title", "until"}
    read = set(re.findall(r"(?<=\.)\w+", source)) | {
        name for inner in re.findall(r"\{([^{}]*)\}\)? =", source) for name in re.findall(r"\w+", inner)
    }
    assert names - read == set()


def test_places_in_lists_exist(data):
    things, statements = range(len(data.nodes)), range(len(data.statements))
    for edge in data.edges:
        assert edge.source in things and edge.target in things and edge.statements
        assert all(s in statements for s in edge.statements)
    for s in data.statements:
        assert all(n in things for n in (*s.actors, s.object, *s.speakers))
        assert s.document in range(len(data.documents))
    assert all(step.statement in statements for life in data.lives for step in life.steps)
    assert all(stance.issue in range(len(data.issues)) for stance in data.stances)
    assert all(
        link.condition in range(len(data.boxes)) and link.outcome in range(len(data.boxes)) for link in data.links
    )


def test_the_statements_are_those_of_the_store(data, records):
    assert [s.id for s in data.statements] == [r["id"] for r in records]
    for s, r in zip(data.statements, records, strict=True):
        text = data.documents[s.document].text
        assert text[s.start : s.end] == r["quote"]
        assert text[s.opens : s.closes].count(r["quote"]) >= 1
        assert (s.polarity, s.modality, s.date or None) == (r["polarity"], r["modality"], r["date"])


def test_characters_are_counted_as_javascript_counts_them(tmp_path):
    (tmp_path / "a.txt").write_text(
        "😀😀 A flag 🏴 flew.\n\n😀 Sweden rejected the 12-point peace plan 😀.\n", encoding="utf-8"
    )
    found = page_data(build([tmp_path / "a.txt"], tmp_path / "out"))
    units = found.documents[0].text.encode("utf-16-le")
    statement = next(s for s in found.statements if s.relation == "rejects")
    clause = units[statement.start * 2 : statement.end * 2].decode("utf-16-le")
    assert "Sweden rejected the 12-point peace plan" in clause
    assert units[statement.opens * 2 : statement.closes * 2].decode("utf-16-le").strip().startswith("😀 Sweden")


def test_edges_gather_the_statements_of_a_relation(data, records):
    together = {(data.nodes[e.source].id, e.relation, data.nodes[e.target].id): len(e.statements) for e in data.edges}
    assert len(together) == len(data.edges)
    for (source, relation, target), count in together.items():
        if relation == "dependsOn":
            assert count == sum(
                r["object"]["id"] == source and r["condition"]["id"] == target for r in records if r.get("condition")
            )
        else:
            assert count == sum(
                r["relation"] == relation
                and r["object"]["id"] == target
                and any(a["id"] == source for a in r.get("participants") or [r["actor"]])
                for r in records
            )


# Places


def test_the_hubs_stand_the_same_for_the_same_graph_and_apart():
    import random

    chance = random.Random(3)
    edges = [(n, chance.randrange(n)) for n in range(1, 900)] + [
        (n, chance.randrange(min(n, 12))) for n in range(1, 900)
    ]
    weights = [0] * 900
    for a, b in edges:
        weights[a] += 1
        weights[b] += 1
    places = hub_places(edges, weights)
    assert places == hub_places(edges, weights)
    assert set(places) == set(sorted(range(900), key=lambda n: (-weights[n], n))[:HUBS])
    assert len(set(places.values())) == HUBS


def test_a_graph_without_edges_has_no_hubs_and_no_communities():
    assert hub_places([], [0, 0]) == {}
    assert communities(2, []) == []


def test_communities_are_what_hangs_together_and_the_largest_comes_first():
    edges = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (5, 6), (3, 6), (3, 5), (2, 3)]
    assert communities(8, edges) == [[3, 4, 5, 6], [0, 1, 2]]


def test_conditions_stand_left_of_their_outcomes():
    graph = networkx.DiGraph([("a", "b"), ("b", "c"), ("a", "c"), ("d", "c"), ("x", "y"), ("y", "x"), ("y", "z")])
    places = layered(graph)
    assert all(places[a][0] < places[b][0] for a, b in graph.edges if (a, b) != ("y", "x"))
    assert len(set(places.values())) == len(graph)


def test_a_circle_of_conditions_is_marked():
    moves = [
        Move("Norway", "conditionsOn", "9-step deal", condition="4-part truce"),
        Move("Sweden", "conditionsOn", "4-part truce", condition="9-step deal"),
        Move("Sweden", "conditionsOn", "6-point offer", condition="3-line note"),
    ]
    found = page_data(graph_of(moves))
    assert sorted(
        (found.boxes[link.condition].label, found.boxes[link.outcome].label, link.circular) for link in found.links
    ) == [
        ("3-line note", "6-point offer", False),
        ("4-part truce", "9-step deal", True),
        ("9-step deal", "4-part truce", True),
    ]
    assert [[found.nodes[n].label for n in link.setters] for link in found.links if link.circular] == [
        ["Norway"],
        ["Sweden"],
    ] or [[found.nodes[n].label for n in link.setters] for link in found.links if link.circular] == [
        ["Sweden"],
        ["Norway"],
    ]


def test_all_conditions_of_the_seeds_are_in_the_condition_view(seeds, data, records):
    boxes, links = condition_view(
        ConditionGraph(Corpus(seeds)),
        {n.id: i for i, n in enumerate(data.nodes)},
        {s.id: i for i, s in enumerate(data.statements)},
    )
    assert sorted(n for link in links for n in link.statements) == [
        i for i, r in enumerate(records) if r["relation"] == "conditionsOn"
    ]
    assert {box.status for box in boxes} <= {"met", "refused", "open", ""}


# Excerpts


def test_an_excerpt_holds_what_is_around_its_focus(seeds, statements):
    russia = f"{KG}state/russia"
    near = {russia}
    for depth in (1, 2):
        found = page_data(seeds, Selection((russia,), depth))
        near |= {end for s in statements if ends_of(s) & near for end in ends_of(s)}
        assert {s.id for s in found.statements} == {s.id for s in statements if ends_of(s) <= near}
        assert {d.id for d in found.documents} == {s.document for s in statements if ends_of(s) <= near}
        jsonschema.validate(found.as_json(), page_schema())
        assert found.excerpt == f"{depth} step{'s' if depth > 1 else ''} around Russia"


def test_an_excerpt_as_of_a_day_leaves_out_what_came_later(seeds, records):
    """Nothing is known before it is reported; of a text without a day of its own, its dated moves count."""
    found = page_data(seeds, Selection(as_of="2025-12-27"))
    kept = {s.id for s in found.statements}
    assert kept == {r["id"] for r in records if r["reportedOn"] is None and "0" < (r["earliest"] or "") <= "2025-12-27"}
    assert "what was reported by 27 December 2025" in found.excerpt
    day_of_report = page_data(seeds, Selection(as_of="2025-12-29"))
    assert {s.id for s in day_of_report.statements} > kept


def test_an_excerpt_of_relations_has_no_others(seeds):
    found = page_data(seeds, Selection(relations=("rejects", "claims")))
    assert {s.relation for s in found.statements} == {"rejects", "claims"}
    assert found.links == [] and found.boxes == []


def test_what_an_excerpt_says_of_lives_and_conditions_is_true_of_the_whole(seeds, data):
    whole = {life.matter: (life.state, life.why) for life in data.lives}
    names = [n.id for n in data.nodes]
    found = page_data(seeds, Selection(relations=("proposes", "conditionsOn")))
    assert found.lives
    for life in found.lives:
        assert (life.state, life.why) == whole[names.index(found.nodes[life.matter].id)]
    status = {tuple(sorted(data.nodes[n].id for n in box.nodes)): box.status for box in data.boxes}
    assert all(status[tuple(sorted(found.nodes[n].id for n in box.nodes))] == box.status for box in found.boxes)


def test_an_excerpt_around_a_speaker_has_what_it_says(seeds, statements):
    speaker = next(
        m.entity for s in statements for m in s.speakers if all(m.entity not in ends_of(other) for other in statements)
    )
    found = {s.id for s in page_data(seeds, Selection((speaker,))).statements}
    assert {s.id for s in statements if speaker in {m.entity for m in s.speakers}} <= found


def test_an_empty_excerpt_is_still_a_page(seeds):
    found = page_data(seeds, Selection(relations=("mediates",)))
    assert found.statements == [] and found.nodes == []
    jsonschema.validate(embedded(explorer_page(found)), page_schema())


# The file


@pytest.mark.slow
def test_a_page_of_500_things_is_under_a_megabyte():
    found = page_data(graph_of(random_moves(640, 205, 290)))
    assert len(found.nodes) >= 500
    assert len(explorer_page(found).encode()) < 1_000_000


def test_a_page_loads_nothing_from_elsewhere(data, seeds):
    for page in (explorer_page(data), explorer_page(data, "ask", graph=seeds)):
        bare = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
        assert re.findall(r'\b(?:src|href)="(?!#|data:)[^"]*"', bare) == []
        assert "connect-src" not in bare and "default-src 'none'" in bare
        scripts = inflated(page, 'type="text/plain"')
        assert len(scripts) >= 3 and not any("sourceMappingURL" in script for script in (page, *scripts))


@pytest.mark.slow
def test_the_same_graph_gives_the_same_bytes(seeds):
    command = [
        sys.executable,
        "-c",
        "import hashlib, sys; from kgraph.build.opening import open_build; from kgraph.views.pages import page_files; "
        "[print(name, hashlib.sha256(page).hexdigest()) for name, page in page_files(open_build(sys.argv[1]), None, True).items()]",
        str(seeds.folder),
    ]
    found = {
        subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    assert len(found.pop().splitlines()) == 4


def test_names_that_differ_in_case_alone_have_an_order():
    names = [f"{letter}envoys" for letter in "bcdfghjklmnp"]
    both = [spelled for name in names for spelled in (name.capitalize(), name)]
    graph = graph_of(Move(name, "rejects", "the plan of the mediators", actor_type="Group") for name in both)
    page = page_files(graph)["analysis.html"].decode()
    choice = page.partition('<select id="party">')[2].partition("</select>")[0]
    assert re.findall(r"<option>(.*?)</option>", choice) == both


def test_a_statement_of_a_meeting_has_all_who_take_part(data, statements):
    shown = {s.id: [data.nodes[n].id for n in s.actors] for s in data.statements}
    meetings = [s for s in statements if s.relation is Relation.meets]
    assert meetings
    for meeting in meetings:
        assert shown[meeting.id] == [party.entity for party in meeting.participants]


def test_what_is_not_in_the_graph_as_a_triple_is_not_called_so(data):
    assert any(s.direct for s in data.statements)
    assert not any(s.direct for s in data.statements if s.polarity == "negative" or s.relation in ("claims", "meets"))
