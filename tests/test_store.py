"""The store: what a build replaces, what it keeps, and what it survives."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pyoxigraph import Store

from kgraph.build.opening import open_build
from kgraph.build.pipeline import build, rebuild
from kgraph.errors import KGraphError, QueryError, StoreError, UnknownNameError
from kgraph.link.judgements import JUDGEMENTS, active, read_log
from kgraph.namespaces import KG
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import build_lock, embedded, open_store, read_manifest
from kgraph.rdf.store.generations import GENERATIONS, current_generation
from tests.judging import judge
from tests.test_page_data import inflated

ONE_NEGOTIATION = "---\nnegotiation: Talks of the plan\n---\n"
TEXTS = (
    f"{ONE_NEGOTIATION}Sweden rejected the 12-point plan.",
    f"{ONE_NEGOTIATION}Peru proposed the 12-point plan. Kenya said Peru rejected the offer.",
    "Chile signed the Lima accord.",
)


def write(folder: Path, texts) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    write(folder / "in", {"a": TEXTS[0], "b": TEXTS[1]})
    build([folder / "in"], folder / "out")
    return folder


@pytest.fixture
def built(first, tmp_path):
    """A build of its own for each test."""
    return shutil.copytree(first, tmp_path, dirs_exist_ok=True)


def everything(folder: Path) -> dict[str, bytes]:
    return {
        name: (folder / name).read_bytes()
        for name in ("graph.ttl", "network.html", "timeline.html", "analysis.html", "manifest.json")
    }


def clean(folder: Path, sources, name: str = "clean") -> dict[str, bytes]:
    """What a build from nothing gives with the same judgements."""
    target = folder / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    if (folder / "out" / JUDGEMENTS).exists():
        shutil.copy(folder / "out" / JUDGEMENTS, target)
    build(sources, target)
    return everything(target)


def test_a_changed_text_replaces_its_graph_alone(built):
    write(built / "in", {"a": TEXTS[2]})
    result = build([built / "in"], built / "out")
    assert (result.report.read, result.report.written) == (1, 2)
    assert everything(built / "out") == clean(built, [built / "in"])


def test_small_changes_go_into_a_copy(built, monkeypatch):
    write(
        built / "in",
        {
            f"more{i}": f"Ghana signed the {i + 30}-point plan. Malta rejected the {i + 60}-point plan."
            for i in range(12)
        },
    )
    build([built / "in"], built / "out")
    before = current_generation(built / "out", read_manifest(built / "out").digest)
    # Which files the copy shares with the generation before says nothing: the engine may have merged them meanwhile.
    written = []
    whole = embedded._all_quads
    monkeypatch.setattr(embedded, "_all_quads", lambda *arguments: written.append(arguments) or whole(*arguments))
    write(built / "in", {"a": TEXTS[2]})
    build([built / "in"], built / "out")
    after = current_generation(built / "out", read_manifest(built / "out").digest)
    assert after != before
    assert written == []
    assert everything(built / "out") == clean(built, [built / "in"])
    assert len(written) == 1, "a build from nothing is written whole"


def test_a_document_of_the_store_survives_its_file_and_a_change_of_knowledge(built):
    (built / "in" / "b.txt").unlink()
    mine = built / "mine"
    mine.mkdir()
    (mine / "mine.ttl").write_text(
        """@prefix lex: <https://w3id.org/kgraph/lexicon/> . @prefix neg: <https://w3id.org/kgraph/ontology#> .
        lex:mine a neg:Frame ; neg:evokes neg:rejects ; neg:partOfSpeech "verb" ; neg:lemma "poo-poo" ; neg:slots "obj" .""",
        encoding="utf-8",
    )
    result = build([built / "in"], built / "out", mine)
    assert (result.report.documents, result.report.read, result.report.kept) == (2, 2, ("b",))
    assert columns_and_rows(ask(open_store(built / "out"), "SELECT ?t { ?d dcterms:identifier 'b' ; schema:text ?t }"))[
        1
    ] == [[TEXTS[1]]]
    assert rebuild(built / "out").report.read == 0, "the knowledge folder is remembered"


def test_metadata_survive_in_the_store(tmp_path):
    write(tmp_path / "in", {"a": "Sweden rejected the offer."})
    (tmp_path / "in" / "a.json").write_text(
        json.dumps(
            {
                "title": "No",
                "published": "2024-05-15",
                "publisher": "The Gazette",
                "url": "https://e.org/x",
                "language": "en",
            }
        ),
        encoding="utf-8",
    )
    write(tmp_path / "in", {"m": "---\ntitle: T\n---\nPeru signed the Lima accord."})
    (tmp_path / "in" / "m.txt").rename(tmp_path / "in" / "m.md")
    build([tmp_path / "in"], tmp_path / "out")
    first = everything(tmp_path / "out")
    assert rebuild(tmp_path / "out").report.read == 0
    assert everything(tmp_path / "out") == first


def test_a_document_from_another_file_is_said(built):
    write(built / "other", {"a": "Ghana rejected the offer."})
    assert build([built / "other"], built / "out").report.moved == {"a": "../in/a.txt"}


def test_a_text_that_turns_foreign_leaves_the_graph(built):
    write(
        built / "in",
        {
            "a": "Die Regierung hat den Vorschlag am Dienstag abgelehnt, weil er die Grenze nicht anerkennt. Der Minister sagte, "
            "man werde im Herbst weiter verhandeln, sofern die Truppen abziehen."
        },
    )
    result = build([built / "in"], built / "out")
    assert (result.report.documents, result.report.removed, len(result.report.refused)) == (1, ("a",), 1)


# What a store notices.


def test_other_quads_are_noticed(built):
    generation = current_generation(built / "out", read_manifest(built / "out").digest)
    store = Store(str(generation))
    store.remove(next(iter(store)))
    store.flush()
    del store
    with pytest.raises(StoreError, match="the store is damaged"):
        open_store(built / "out")
    build([built / "in"], built / "out")
    assert everything(built / "out") == clean(built, [built / "in"])


def test_a_store_that_another_tool_opened_is_still_sound(built):
    store = Store(str(built / "out" / "store"))
    store.optimize()
    store.flush()
    del store
    assert len(open_store(built / "out")) == read_manifest(built / "out").quads


def test_a_missing_generation_and_a_damaged_manifest(built):
    manifest = built / "out" / "manifest.json"
    content = manifest.read_text(encoding="utf-8")
    manifest.write_text(content.replace('"quads"', '"quad"', 1), encoding="utf-8")
    with pytest.raises(StoreError, match="manifest cannot be used"):
        open_store(built / "out")
    manifest.write_text(content, encoding="utf-8")
    shutil.rmtree(built / "out" / GENERATIONS)
    with pytest.raises(StoreError, match="store is gone"):
        open_store(built / "out")
    build([built / "in"], built / "out")
    assert len(open_store(built / "out")) == read_manifest(built / "out").quads


def test_a_damaged_store_with_a_document_that_is_nowhere_else(built):
    (built / "in" / "b.txt").unlink()
    (built / "out" / "graph.ttl").unlink()
    shutil.rmtree(built / "out" / GENERATIONS)
    with pytest.raises(StoreError, match="found nowhere else"):
        build([built / "in"], built / "out")
    assert build([built / "in"], built / "out", prune=True).report.documents == 1


def test_any_oxigraph_database_opens(tmp_path):
    store = Store(str(tmp_path / "plain"))
    store.update("INSERT DATA { <http://e/s> <http://e/p> 1 }")
    store.flush()
    del store
    assert len(open_store(tmp_path / "plain")) == 1


def test_a_reader_keeps_what_it_opened(built):
    reader = open_store(built / "out")
    before = len(reader)
    write(built / "in", {"a": TEXTS[2], "c": TEXTS[1]})
    build([built / "in"], built / "out")
    assert len(reader) == before == len(list(reader))
    assert len(open_store(built / "out")) != before


# Locks, kills, full disks.


def test_a_second_build_names_the_first(built):
    with build_lock(built / "out"), pytest.raises(StoreError, match=f"process {os.getpid()} on "):
        build([built / "in"], built / "out")
    build([built / "in"], built / "out")


def test_the_lock_of_a_killed_build_is_free(built):
    code = (
        "import sys, time; from pathlib import Path; from kgraph.rdf.store import build_lock\n"
        "with build_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(built / "out")], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match=f"process {holder.pid} on "):
            build([built / "in"], built / "out")
        holder.kill()
    build([built / "in"], built / "out")


def test_a_page_with_the_graph_inside_is_written_anew_with_the_graph(built):
    from kgraph.views.pages import write_pages

    page = write_pages(open_build(built / "out"), built / "out", with_sparql=True)["ask"]
    before = page.read_bytes()
    build([built / "in"], built / "out")
    assert page.read_bytes() == before
    write(built / "in", {"more": "Chile rejected the 99-point plan."})
    build([built / "in"], built / "out")
    carried = inflated(page.read_text(encoding="utf-8"), "[^>]*")
    assert any("99-point plan" in part for part in carried)


def test_what_a_killed_writer_left_is_swept(built):
    with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
        gone.wait()
    mine, theirs = built / "out" / f".network.html.{os.getppid()}", built / "out" / f".network.html.{gone.pid}"
    other = built / "out" / f".notes.{gone.pid}"
    for path in (mine, theirs, other):
        path.write_text("half", encoding="utf-8")
    build([built / "in"], built / "out")
    assert mine.exists() and other.exists() and not theirs.exists()


_LOOP = """
import sys
from kgraph.build.pipeline import build
for turn in range(1000):
    build([sys.argv[1 + turn % 2]], sys.argv[3], prune=True)
    print(turn, flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path):
    """Ten builds are killed (`make soak` kills more); each time the store is the old or the new one, whole, and the next build mends the rest."""
    one = write(
        tmp_path / "one",
        {
            f"d{i}": f"Sweden rejected the {i + 10}-point plan. Peru proposed the {i + 40}-point plan."
            for i in range(12)
        },
    )
    two = write(
        tmp_path / "two",
        {f"d{i}": f"Chile signed the {i + 10}-point plan. Kenya rejected the {i + 70}-point plan." for i in range(6)},
    )
    expected = {}
    for source in (one, two):
        build([source], tmp_path / f"of-{source.name}")
        expected[source.name] = everything(tmp_path / f"of-{source.name}")
    digests = {read_manifest(tmp_path / f"of-{name}").digest: name for name in expected}
    chance, seen = random.Random(3), set()
    for round_number in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", _LOOP, one, two, tmp_path / "out"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            for _ in range(1 + round_number % 2):
                process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.5))
            process.send_signal(signal.SIGKILL)
        manifest = read_manifest(tmp_path / "out")
        assert len(open_store(tmp_path / "out")) == manifest.quads
        seen.add(digests[manifest.digest])
    assert seen == {"one", "two"}
    build([two], tmp_path / "out", prune=True)
    after = everything(tmp_path / "out")
    assert after == expected["two"]
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left == {
        "store",
        ".store",
        ".build.lock",
        "cache",
        "made-from.json",
        "manifest.json",
        "graph.ttl",
        "network.html",
        "timeline.html",
        "analysis.html",
        ".kgraph",
    }
    assert len(list((tmp_path / "out" / GENERATIONS).iterdir())) <= 2


@pytest.mark.slow
def test_a_full_disk_is_one_line_and_loses_nothing(built):
    """A limit on file size stands in for the full disk: writes fail in the same calls."""
    before = everything(built / "out")
    write(built / "in", {f"m{i}": TEXTS[1] for i in range(3)})
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from kgraph.cli import main; sys.argv = ['kgraph', 'build', *sys.argv[1:]]; main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, built / "in", "-o", built / "out"], capture_output=True, text=True
    )
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert "cannot be written" in result.stderr
    assert everything(built / "out") == before
    assert len(open_store(built / "out")) == read_manifest(built / "out").quads


# Judgements.


def names(folder: Path, kind: str = "neg:State") -> list[str]:
    return [
        row[0]
        for row in columns_and_rows(
            ask(open_store(folder), f"SELECT ?l {{ ?x a {kind} ; skos:prefLabel ?l }} ORDER BY ?l")
        )[1]
    ]


def statement(folder: Path, relation: str) -> str:
    return columns_and_rows(
        ask(open_store(folder), f"SELECT ?s {{ ?s rdf:predicate neg:{relation} ; rdf:subject <{KG}state/sweden> }}")
    )[1][0][0]


def test_merge_and_undo(built):
    before = everything(built / "out")
    judgement, _ = judge(
        built / "out", "merge", "Sweden", "one party", others=["Peru"], who="A. Desk", when="2026-01-02T03:04:05Z"
    )
    assert names(built / "out") == ["Kenya", "Sweden"]
    assert everything(built / "out") == clean(built, [built / "in"])
    found = columns_and_rows(
        ask(
            open_store(built / "out"),
            "SELECT ?w ?y { ?j a neg:Judgement ; neg:reason ?y ; prov:wasAttributedTo/skos:prefLabel ?w }",
        )
    )
    assert found[1] == [["A. Desk", "one party"]]
    judge(built / "out", "undo", judgement.id, "two after all")
    assert everything(built / "out") == before
    assert [j.verdict for j in read_log(built / "out" / JUDGEMENTS)] == ["merge", "undo"]


def test_keep_apart(built):
    judge(built / "out", "keep-apart", "12-point plan", "two plans of one name", others=["12-point plan"], document="a")
    rows = columns_and_rows(
        ask(open_store(built / "out"), "SELECT DISTINCT ?m { ?s rdf:object ?m . ?m skos:prefLabel '12-point plan' }")
    )[1]
    assert len(rows) == 2
    assert everything(built / "out") == clean(built, [built / "in"])


def test_reject_correct_and_accept(built):
    sid = statement(built / "out", "rejects")
    judge(
        built / "out",
        "correct",
        sid.removeprefix(f"{KG}statement/")[:9],
        "it says may",
        changes={"modality": "possible", "date": "2024-05", "actor": "Kenya"},
    )
    row = columns_and_rows(
        ask(
            open_store(built / "out"),
            f"SELECT ?m ?d ?o ?l "
            f"{{ <{sid}> neg:modality ?m ; neg:date ?d ; rdf:subject/skos:prefLabel ?o ; neg:latest ?l }}",
        )
    )[1]
    assert [[cell.rsplit("#")[-1] for cell in r] for r in row] == [["possible", "2024-05", "Kenya", "2024-05-31"]]
    judge(built / "out", "accept", sid, "checked")
    judge(built / "out", "reject", sid, "not after all")
    assert not ask(open_store(built / "out"), f"ASK {{ <{sid}> a neg:Statement }}")
    assert everything(built / "out") == clean(built, [built / "in"])
    while left := active(read_log(built / "out" / JUDGEMENTS)):
        judge(built / "out", "undo", left[0].id, "back")
    assert statement(built / "out", "rejects") == sid


def negotiations(folder: Path) -> list[list[str]]:
    query = """SELECT ?name ?document { ?d a neg:Document ; dcterms:identifier ?document ;
        neg:negotiation/skos:prefLabel ?name } ORDER BY ?document"""
    return columns_and_rows(ask(open_store(folder), query))[1]


def test_documents_are_moved_and_negotiations_renamed_and_merged(built):
    before = everything(built / "out")
    judge(built / "out", "move", "Boundary talks", "it is about the border", others=["a"])
    assert negotiations(built / "out") == [["Boundary talks", "a"], ["Talks of the plan", "b"]]
    judge(built / "out", "rename", "Boundary talks", "as the desk calls it", changes={"name": "Border talks"})
    assert negotiations(built / "out") == [["Border talks", "a"], ["Talks of the plan", "b"]]
    judge(built / "out", "merge", "Talks of the plan", "one after all", others=["Border talks"])
    assert negotiations(built / "out") == [["Talks of the plan", "a"], ["Talks of the plan", "b"]]
    assert everything(built / "out") == clean(built, [built / "in"])
    while left := active(read_log(built / "out" / JUDGEMENTS)):
        judge(built / "out", "undo", left[-1].id, "back")
    assert everything(built / "out") == before


ROUND_UP = """---
negotiation: [Talks of the plan, Lima talks]
---
Peru accepted the 12-point plan.

Chile rejected the Lima accord. Bolivia proposed the accord.
"""
OTHER = "---\nnegotiation: Lima talks\n---\nChile signed the Lima accord. Bolivia praised the accord."


def negotiation_by_matter(folder: Path) -> dict[str, str]:
    query = """SELECT ?matter ?name { ?s a neg:Statement ; rdf:object/skos:prefLabel ?matter ; neg:negotiation/skos:prefLabel
        ?name ; prov:hadPrimarySource/dcterms:identifier "c" }"""
    return dict(columns_and_rows(ask(open_store(folder), query))[1])


def test_a_document_of_two_negotiations_is_built_in_any_order_and_judged(built):
    write(built / "in", {"c": ROUND_UP})
    build([built / "in"], built / "out")
    write(built / "in", {"d": OTHER})
    build([built / "in"], built / "out")
    (built / "in" / "c.txt").rename(built / "c.txt")
    build([built / "in"], built / "out")  # the store keeps what it has of c
    (built / "c.txt").rename(built / "in" / "c.txt")
    before = everything(built / "out")
    assert before == clean(built, [built / "in"])
    of_c = sorted(name for name, document in negotiations(built / "out") if document == "c")
    assert of_c == ["Lima talks", "Talks of the plan"]
    assert negotiation_by_matter(built / "out") == {"12-point plan": "Talks of the plan", "Lima accord": "Lima talks"}
    judge(built / "out", "move", "Talks of the plan", "nothing else counts", others=["c"])
    assert set(negotiation_by_matter(built / "out").values()) == {"Talks of the plan"}
    judge(built / "out", "add", "Lima talks", "it does", others=["c"])
    assert negotiation_by_matter(built / "out")["Lima accord"] == "Lima talks"
    assert everything(built / "out") == clean(built, [built / "in"])
    while left := active(read_log(built / "out" / JUDGEMENTS)):
        judge(built / "out", "undo", left[-1].id, "back")
    assert everything(built / "out") == before


def test_a_judgement_that_applies_to_nothing_is_said(built):
    judge(built / "out", "reject", statement(built / "out", "rejects"), "no")
    write(built / "in", {"a": "It rained."})
    result = build([built / "in"], built / "out")
    assert [j.verdict for j in result.report.stale] == ["reject"]
    assert everything(built / "out") == clean(built, [built / "in"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"verdict": "merge", "target": "Sweeden", "others": ["Peru"]}, "did you mean Sweden"),
        ({"verdict": "merge", "target": "Sweden", "others": ["Sweden"]}, "two different things"),
        ({"verdict": "keep-apart", "target": "Sweden", "others": ["Stockholm"]}, "unknown wording"),
        ({"verdict": "merge", "target": "Talks of the plan", "others": ["Peru"]}, "only be merged with negotiations"),
        ({"verdict": "different", "target": "Sweden", "others": ["Sweden"]}, "two different things"),
        ({"verdict": "move", "target": "Talks of the plan", "others": ["z"]}, "unknown document"),
        ({"verdict": "add", "target": " ", "others": ["a"]}, "add needs the name of a negotiation"),
        ({"verdict": "rename", "target": "Talks of the plan"}, "needs the new name"),
        ({"verdict": "reject", "target": "zzz"}, "no statement is called"),
        ({"verdict": "correct", "target": "", "changes": {"date": "May"}}, "no statement is called"),
        ({"verdict": "undo", "target": "123"}, "unknown judgement"),
        ({"verdict": "approve", "target": "Sweden"}, "unknown verdict"),
    ],
)
def test_wrong_judgements_are_refused_and_not_recorded(built, arguments, message):
    with pytest.raises((QueryError, UnknownNameError), match=message):
        judge(built / "out", why="x", **arguments)
    assert not (built / "out" / JUDGEMENTS).exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date": "last May"}, "not an EDTF date"),
        ({"date": "2024-02-30"}, "not an EDTF date"),
        ({"polarity": "maybe"}, "unknown polarity"),
        ({"colour": "red"}, "unknown field"),
        ({"condition": "Kenya"}, "has no condition"),
        ({"relation": "rejekts"}, "did you mean rejects"),
    ],
)
def test_wrong_corrections(built, changes, message):
    with pytest.raises(KGraphError, match=message):
        judge(built / "out", "correct", statement(built / "out", "rejects"), "x", changes=changes)


def test_merges_that_close_a_circle_end(built):
    states = [f"{KG}state/{name}" for name in ("sweden", "peru", "kenya")]
    lines = [
        {
            "verdict": "merge",
            "target": a,
            "others": [b],
            "who": "t",
            "when": "2026-01-01T00:00:00Z",
            "why": "joined logs",
        }
        for a, b in ((states[0], states[1]), (states[2], states[0]), (states[1], states[2]))
    ]
    (built / "out" / JUDGEMENTS).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    build([built / "in"], built / "out")
    assert len(names(built / "out")) == 1


def test_any_line_separator_may_stand_in_a_reason(built):
    judge(built / "out", "reject", statement(built / "out", "rejects"), "one\u2028two\x85three\nfour")
    assert [j.why for j in read_log(built / "out" / JUDGEMENTS)] == ["one\u2028two\x85three\nfour"]
    build([built / "in"], built / "out")


def test_a_wording_is_kept_apart_after_a_merge_too(built):
    judge(built / "out", "merge", "Sweden", "one party", others=["Peru"])
    _, result = judge(built / "out", "keep-apart", "Sweden", "two after all", others=["Peru"])
    assert [j.verdict for j in result.report.stale] == ["merge"], "the merge has nothing left to do"
    assert names(built / "out") == ["Kenya", "Peru", "Sweden"]
    assert everything(built / "out") == clean(built, [built / "in"])


@pytest.mark.parametrize("relation", ["meets", "claims", "conditionsOn", "accuses"])
def test_a_correction_keeps_the_roles_of_the_statement(built, relation):
    with pytest.raises(QueryError, match="roles of their own"):
        judge(built / "out", "correct", statement(built / "out", "rejects"), "x", changes={"relation": relation})
    assert not (built / "out" / JUDGEMENTS).exists()


def test_damage_that_leaves_the_sizes_is_mended(built):
    generation = current_generation(built / "out", read_manifest(built / "out").digest)
    for table in generation.glob("*.sst"):
        content = bytearray(table.read_bytes())
        content[100:104] = b"zzzz"
        table.write_bytes(content)
    result = build([built / "in"], built / "out")
    assert result.report.damage
    assert everything(built / "out") == clean(built, [built / "in"])
    assert len(list(open_store(built / "out"))) == read_manifest(built / "out").quads


def test_a_damaged_log_is_named_by_line(built):
    (built / "out" / JUDGEMENTS).write_text('{"verdict": "merge"\n', encoding="utf-8")
    with pytest.raises(KGraphError, match="judgements.jsonl:1: is not a judgement"):
        build([built / "in"], built / "out")


# Any sequence of changes equals a clean build.


class AnySequence(RuleBasedStateMachine):
    """Documents come, change and go; things are judged and judgements undone; the folder equals a build from nothing."""

    @initialize()
    def start(self):
        import tempfile

        self.folder = Path(tempfile.mkdtemp())
        write(self.folder / "in", {"a": TEXTS[0]})
        build([self.folder / "in"], self.folder / "out")

    @rule(name=st.sampled_from("abc"), text=st.sampled_from(TEXTS))
    def put(self, name, text):
        write(self.folder / "in", {name: text})
        build([self.folder / "in"], self.folder / "out", prune=True)

    @rule()
    def build_again(self):
        build([self.folder / "in"], self.folder / "out", prune=True)

    @precondition(lambda self: len(list((self.folder / "in").iterdir())) > 1)
    @rule()
    def remove(self):
        sorted((self.folder / "in").iterdir())[0].unlink()
        build([self.folder / "in"], self.folder / "out", prune=True)

    @rule(data=st.data())
    def merge(self, data):
        states = names(self.folder / "out")
        if len(states) > 1:
            keep, other = data.draw(st.permutations(states))[:2]
            judge(self.folder / "out", "merge", keep, "test", others=[other], who="t", when="2026-01-01T00:00:00Z")

    @rule()
    def reject(self):
        rows = columns_and_rows(ask(open_store(self.folder / "out"), "SELECT ?s { ?s a neg:Statement } ORDER BY ?s"))[1]
        if rows:
            judge(self.folder / "out", "reject", rows[0][0], "test", who="t", when="2026-01-01T00:00:00Z")

    @precondition(lambda self: active(read_log(self.folder / "out" / JUDGEMENTS)))
    @rule()
    def undo(self):
        judge(
            self.folder / "out",
            "undo",
            active(read_log(self.folder / "out" / JUDGEMENTS))[-1].id,
            "test",
            who="t",
            when="2026-01-01T00:00:00Z",
        )

    @invariant()
    def equals_a_clean_build(self):
        if hasattr(self, "folder"):
            assert everything(self.folder / "out") == clean(self.folder, [self.folder / "in"])

    def teardown(self):
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


AnySequence.TestCase.settings = settings(max_examples=6, stateful_step_count=7, deadline=None)
TestAnySequence = pytest.mark.slow(AnySequence.TestCase)
