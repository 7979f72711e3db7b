"""Judging in the browser: what it would change is said before, only the server's own pages can do it, and the next
build applies it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from kgraph.build.judge import record
from kgraph.build.opening import open_build
from kgraph.build.pipeline import build
from kgraph.cli import cli
from kgraph.link.judgements import JUDGEMENTS, NAME, Judgement, active, read_log
from kgraph.rdf.store import build_lock
from kgraph.rdf.worker import Source
from kgraph.serve.app import make_app
from kgraph.serve.settings import Settings

HTML = {"Accept": "text/html"}
TEXT = "Sweden rejected the offer on Monday.\n\nThe government of Sweden will meet Chile in Lima, Kenya said.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("editing")
    (made / "a.txt").write_text(TEXT, encoding="utf-8")
    build([made / "a.txt"], made / "exports")
    return made


@pytest.fixture
def built(folder, tmp_path):
    """A build of its own for each test."""
    shutil.copytree(folder, tmp_path / "copy")
    return open_build(tmp_path / "copy" / "exports")


def serving(built, **settings) -> TestClient:
    """The application without its workers, which judging does not need."""
    chosen = {"timeout": 5.0, "workers": 1, "hosts": ("testserver",), "edit": True, **settings}
    return TestClient(make_app(Settings(Source(str(built.folder)), **chosen)), raise_server_exceptions=False)


@pytest.fixture
def editing(built):
    return serving(built)


def rejection(built) -> str:
    return next(s.id for s in built.statements() if s.relation == "rejects")


def token(client) -> str:
    return re.search(r'name="token" value="([^"]+)"', client.get("/judgements", headers=HTML).text).group(1)


def log(built):
    return read_log(built.folder / JUDGEMENTS)


def send(client, **fields):
    return client.post("/judgements", data={"token": token(client), **fields}, follow_redirects=False)


def waited(client) -> str:
    for _ in range(600):
        text = client.get("/judgements", headers=HTML).text
        if "A build is running" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("the build does not end")


def test_a_server_judges_only_where_it_was_told_to(built):
    found = serving(built, edit=False)
    assert found.get("/judgements").status_code == 404
    assert found.post("/judgements", data={}).status_code == 404
    statement = found.get(rejection(built).replace("https://w3id.org/kgraph", ""), headers=HTML).text
    assert "Judge" not in statement


def test_what_it_changes_is_said_before_and_done_by_the_next_build(built, editing):
    statement = rejection(built)
    beside = unescape(editing.get(statement.replace("https://w3id.org/kgraph", ""), headers=HTML).text)
    assert f"/judge?verdict=reject&target={quote(statement)}" in beside
    asked = editing.get("/judge", params={"verdict": "reject", "target": statement}, headers=HTML).text
    assert "This statement leaves the graph" in asked
    assert "The next build applies it." in asked
    assert log(built) == []
    assert send(editing, verdict="reject", target=statement, why="a slip").headers["location"] == "/judgements"
    (made,) = log(built)
    assert (made.verdict, made.target, made.why) == ("reject", statement, "a slip")
    assert "<strong>1</strong> waits for the next build" in editing.get("/judgements", headers=HTML).text
    editing.post("/build", data={"token": token(editing)})
    assert "The graph has them all." in waited(editing)
    assert [s.relation for s in open_build(built.folder).statements()] == ["meets"]
    assert send(editing, verdict="undo", target=made.id, why="it was none").status_code == 303
    assert active(log(built)) == ()
    assert "undone; the graph has it until the next build" in editing.get("/judgements", headers=HTML).text


def test_a_judgement_that_applies_to_nothing_does_not_wait_for_ever(built, editing):
    send(editing, verdict="accept", target=rejection(built), why="seen")
    (built.folder.parent / "a.txt").write_text(TEXT.split("\n\n")[1], encoding="utf-8")
    build([built.folder.parent / "a.txt"], built.folder)
    text = editing.get("/judgements", headers=HTML).text
    assert "None waits for the next build; 1 applies to nothing that was read." in text
    assert "Build now" not in text
    assert "applies to nothing that was read · <a" in text


def test_judging_goes_on_while_a_build_runs(built, editing):
    """What is judged once a build has read the log is kept, waits, and is applied by the next one, asked for with the
    same words."""
    statement = rejection(built)

    def meanwhile(stage: str, *_: object) -> None:
        if stage == "writing the graph":
            assert send(editing, verdict="reject", target=statement, why="a slip").status_code == 303

    build([built.folder.parent / "a.txt"], built.folder, progress=meanwhile)
    assert [j.target for j in log(built)] == [statement]
    assert "<strong>1</strong> waits for the next build" in editing.get("/judgements", headers=HTML).text
    build([built.folder.parent / "a.txt"], built.folder)
    assert [s.relation for s in open_build(built.folder).statements()] == ["meets"]


def test_the_command_line_judges_while_a_build_runs(built):
    statement = rejection(built)
    with build_lock(built.folder):
        result = CliRunner().invoke(cli, ["judge", "reject", statement, "--why", "a slip", "-o", str(built.folder)])
    assert result.exit_code == 2
    assert "another build is writing here" in result.stderr
    assert "the judgement stands, and the next build applies it" in result.stderr
    assert [j.target for j in log(built)] == [statement]


def test_no_judgement_of_many_at_once_is_lost(built):
    def named(number: int) -> str:
        given = Judgement(verdict="rename", target=negotiation, who="", when="", why="x", changes={NAME: f"{number}"})
        return record(built.folder, given).id

    (negotiation,) = {s.negotiation for s in built.statements()}
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(named, range(24)))
    assert sorted(j.id for j in log(built)) == sorted(made)


def test_pages_are_answered_while_a_build_runs_and_a_crash_of_it_is_said(built, editing):
    send(editing, verdict="reject", target=rejection(built), why="a slip")
    editing.post("/build", data={"token": token(editing)})
    process = editing.app.state.kgraph._process
    assert process.pid != os.getpid()
    assert "A build is running" in editing.get("/judgements", headers=HTML).text
    os.kill(process.pid, signal.SIGKILL)
    text = waited(editing)
    assert "The last build failed: the build was ended by signal 9 before it was done" in text
    assert "Build now" in text


def test_a_build_that_is_refused_says_why(built, editing):
    send(editing, verdict="reject", target=rejection(built), why="a slip")
    with build_lock(built.folder):
        editing.post("/build", data={"token": token(editing)})
        assert "another build is writing here" in waited(editing)


def test_a_correction_shows_each_field_before_and_after(built, editing):
    statement = rejection(built)
    form = {"verdict": "correct", "target": statement, "relation": "proposes", "was-relation": "rejects"}
    form |= {"polarity": "positive", "was-polarity": "positive", "date": "", "was-date": "2024-05-13"}
    asked = editing.get("/judge", params=form, headers=HTML).text
    rows = re.findall(r'<th scope="row">(\w+)</th><td dir="auto">([^<]*)</td><td dir="auto"><b>([^<]*)</b>', asked)
    assert [(field, then) for field, _, then in rows] == [("relation", "proposes"), ("date", "unknown")]
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', asked[asked.index('action="/judgements"') :]))
    assert editing.post("/judgements", data={**sent, "why": "read again"}).status_code == 200
    assert dict(log(built)[0].changes) == {"relation": "proposes", "date": ""}


def test_a_merge_tells_how_many_statements_move(built, editing):
    things = {entity.label: entity.id for entity in built.entities().values()}
    asked = editing.get(
        "/judge", params={"verdict": "merge", "target": things["Sweden"], "others": "Chile"}, headers=HTML
    ).text
    assert "1 statement will be about Sweden instead." in asked
    sent = {"verdict": "merge", "target": things["Sweden"], "others": things["Chile"], "why": "a test"}
    assert send(editing, **sent).status_code == 303
    assert log(built)[0].others == (things["Chile"],)


FORGED = [
    ({}, {}, "this page is older than the server"),
    ({"token": "guess"}, {}, "this page is older than the server"),
    ({"token": None}, {"Sec-Fetch-Site": "cross-site"}, "another site may not judge here"),
    ({"token": None}, {"Sec-Fetch-Site": "same-site"}, "another site may not judge here"),
    ({"token": None}, {"Origin": "https://evil.example"}, "another site may not judge here"),
    ({"token": None}, {"Origin": "http://127.0.0.1.evil.example"}, "another site may not judge here"),
    ({"token": None}, {"Origin": "http://[broken"}, "another site may not judge here"),
]


@pytest.mark.parametrize(("fields", "headers", "message"), FORGED)
@pytest.mark.parametrize("path", ["/judgements", "/build"])
def test_no_other_page_can_judge_or_build(built, editing, path, fields, headers, message):
    sent = {"verdict": "reject", "target": rejection(built), "why": "forged"}
    sent |= {name: value or token(editing) for name, value in fields.items()}
    answer = editing.post(path, data=sent, headers=headers)
    assert (answer.status_code, message in answer.text) == (403, True)
    assert log(built) == []


def test_nothing_is_changed_by_asking(built, editing):
    assert editing.get("/build").status_code == 405
    editing.get("/judgements", params={"token": token(editing), "verdict": "reject", "target": rejection(built)})
    assert log(built) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"verdict": "reject", "target": "zzz", "why": "x"}, "no statement is called"),
        ({"verdict": "reject", "why": ""}, "a judgement needs a reason"),
        ({"verdict": "crown", "why": "x"}, "unknown verdict"),
        ({"verdict": "correct", "relation": "shouts", "why": "x"}, "unknown relation"),
        ({"verdict": "reject", "why": "<script>alert(1)</script>\x00"}, "control characters"),
    ],
)
def test_what_does_not_fit_is_said_and_not_recorded(built, editing, fields, message):
    answer = send(editing, **{"target": rejection(built), **fields})
    assert answer.status_code == 400
    assert message in unescape(answer.text)
    assert log(built) == []


def test_a_reason_is_shown_as_text(built, editing):
    send(editing, verdict="accept", target=rejection(built), why="<b>sure</b>")
    text = editing.get("/judgements", headers=HTML).text
    assert "<b>sure</b>" not in text
    assert "&lt;b&gt;sure&lt;/b&gt;" in text


def test_behind_a_proxy_the_proxy_says_who(built):
    found = serving(built, user_header="X-Forwarded-User")
    fields = {"verdict": "accept", "target": rejection(built), "why": "seen", "token": token(found)}
    nameless = found.post("/judgements", data=fields, follow_redirects=False)
    assert (nameless.status_code, "does not say in X-Forwarded-User" in nameless.text) == (403, True)
    named = found.post("/judgements", data=fields, headers={"X-Forwarded-User": "ada"}, follow_redirects=False)
    assert named.status_code == 303
    assert [j.who for j in log(built)] == ["ada"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--host", "0.0.0.0"], "--edit listens on this machine alone"),
        (["--host", "0.0.0.0", "--user-header", "X-User"], "--edit listens on this machine alone"),
        (["--allow-host", "desk.example"], "--edit is for this machine alone"),
        (["--cors", "https://example.org"], "--edit and --cors do not go together"),
        (["--store", "fuseki+http://localhost:1/x"], "--edit writes into the folder of a build"),
    ],
)
def test_a_server_that_anybody_could_reach_does_not_judge(arguments, message):
    result = CliRunner().invoke(cli, ["serve", "--edit", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_cannot_be_judged_leads_back_to_it(built, editing):
    sweden = next(iri for iri, entity in built.entities().items() if entity.label == "Sweden")
    asked = f"/judge?verdict=merge&target={quote(sweden)}&others=nobody+of+that+name"
    answer = editing.get(asked, headers=HTML)
    assert answer.status_code == 400
    assert ">Back to “Sweden”</a>" in answer.text


def test_a_correction_offers_relations_by_their_verbs(built, editing):
    page = editing.get(rejection(built).removeprefix("https://w3id.org/kgraph"), headers=HTML).text
    assert '<option value="agreesTo">agrees to</option>' in page
    asked = f"/judge?verdict=correct&target={quote(rejection(built))}&relation=agreesTo&was-relation=rejects"
    changed = editing.get(asked, headers=HTML).text
    assert '<td dir="auto">rejects</td><td dir="auto"><b>agrees to</b></td>' in changed
