"""Asking a service that plays well and badly: every answer ends in kept files, and nothing false enters a statement."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from kgraph.errors import ServiceError, SettingsError
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.asking import Reply, ask, estimate, to_ask, unanswered
from kgraph.extract.llm.client import KEY, Client
from kgraph.extract.llm.settings import LlmSettings
from kgraph.model.document import Document
from tests.llm_service import answer, dropped, knows_no, playing, slow, status, trickling
from tests.test_llm import DOCUMENT, REJECTS, changed, said

GOOD = answer(said(REJECTS))
MANY = [Document(f"text-{n}", f"Norway rejected draft {n}.", published="2024-05-15") for n in range(6)]


def client(url: str, tmp_path: Path, tries: int = 3, seconds: float = 5.0) -> Client:
    return Client(LlmSettings(url=url, model="played", answers=tmp_path), tries, seconds)


def asked(scenes, tmp_path, documents=(DOCUMENT,), **options):
    """What comes of asking a service that plays these scenes."""
    answers = Answers(tmp_path, "played")
    with playing(*scenes) as service, client(service.url, tmp_path) as asking:
        outcome = ask(to_ask(documents, answers), answers, asking, **options)
    return service, outcome, answers


SCENES = [
    ([GOOD], 1, "a good answer"),
    ([status(429, Retry_After_Ms="5"), GOOD], 2, "too many requests, then a good answer"),
    ([status(503, Retry_After_Ms="5"), status(500, Retry_After_Ms="5"), GOOD], 3, "out of order twice"),
    ([dropped, GOOD], 2, "a dropped connection"),
    ([knows_no("response_format", GOOD)], 4, "no structured output"),
    ([knows_no("temperature", GOOD)], 2, "no temperature"),
]


@pytest.mark.parametrize(("scenes", "requests", "why"), SCENES, ids=[row[-1] for row in SCENES])
def test_a_service_is_asked_until_it_answers(tmp_path, scenes, requests, why):
    service, outcome, answers = asked(scenes, tmp_path)
    assert (len(service.asked), outcome.answered, outcome.failed) == (requests, 1, {})
    assert unanswered([DOCUMENT], answers) == []


FAILING = [
    ([status(429, "slow down", Retry_After_Ms="5")], "slow down", "always too many requests"),
    ([status(401, "bad key sk-secret")], "refuses the key (401)", "a wrong key"),
    ([status(404, "no such model")], "no such model", "no such model"),
    ([dropped], "", "always dropped"),
]


@pytest.mark.parametrize(("scenes", "reason", "why"), FAILING, ids=[row[-1] for row in FAILING])
def test_a_service_that_does_not_answer_is_named(tmp_path, monkeypatch, scenes, reason, why):
    monkeypatch.setenv(KEY, "sk-secret")
    _, outcome, answers = asked(scenes, tmp_path)
    ((_, said_so),) = outcome.failed.items()
    assert reason in said_so and "sk-secret" not in said_so
    assert unanswered([DOCUMENT], answers) == ["ferries"]


def test_an_answer_that_never_ends_is_given_up(tmp_path):
    request = to_ask([DOCUMENT], Answers(tmp_path, "m"))[0]
    with (
        playing(trickling) as service,
        client(service.url, tmp_path, tries=1, seconds=0.3) as asking,
        pytest.raises(ServiceError, match="no complete answer in time"),
    ):
        asking.ask(request)


def test_a_service_that_is_not_there_is_named(tmp_path):
    request = to_ask([DOCUMENT], Answers(tmp_path, "m"))[0]
    with (
        client("http://127.0.0.1:9/v1", tmp_path, tries=1) as asking,
        pytest.raises(ServiceError, match="cannot be reached"),
    ):
        asking.ask(request)


def test_without_address_and_key_there_is_nothing_to_ask(tmp_path, monkeypatch):
    monkeypatch.delenv(KEY, raising=False)
    with pytest.raises(SettingsError, match="--llm-url"):
        Client(LlmSettings(answers=tmp_path))


ADDRESSES = [
    ("localhost:8000/v1", "is not the address of a service"),
    ("ftp://localhost/v1", "is not the address of a service"),
    ("http://[::1/v1", "is not the address of a service"),
    ("http://localhost:port/v1", "is not the address of a service"),
    ("https://me:secret@localhost/v1", "is not taken; set the key as OPENAI_API_KEY"),
    ("https://localhost/v1?api-key=secret", "is not taken; set the key as OPENAI_API_KEY"),
]


@pytest.mark.parametrize(("url", "problem"), ADDRESSES)
def test_an_address_is_one_and_holds_no_secret(tmp_path, url, problem):
    with pytest.raises(SettingsError, match=problem) as raised:
        Client(LlmSettings(url=url, answers=tmp_path))
    assert "secret" not in str(raised.value)


def test_a_request_that_is_refused_does_not_change_how_others_are_asked(tmp_path):
    refuses = status(400, "too long for the context")
    service, outcome, _ = asked([refuses, refuses, refuses, refuses, answer(said())], tmp_path, MANY[:2])
    assert (outcome.answered, list(outcome.failed.values())) == (
        1,
        [f"{service.url}: Error code: 400 - {{'error': {{'message': 'too long for the context'}}}}"],
    )
    assert service.asked[-1]["response_format"]["type"] == "json_schema"
    assert service.asked[-1]["temperature"] == 0


def test_the_key_goes_to_the_service_alone(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY, "sk-secret")
    service, _, _ = asked([GOOD], tmp_path)
    assert service.keys == ["Bearer sk-secret"]
    assert not any("sk-secret" in path.read_text() for path in tmp_path.iterdir())


def test_one_more_request_names_what_was_wrong(tmp_path):
    bad = answer(said(changed(REJECTS, move="slammed")))
    service, outcome, answers = asked([bad, GOOD], tmp_path)
    assert outcome.answered == 2
    assert "do not stand in sentence 2" in service.asked[1]["messages"][-1]["content"]
    assert unanswered([DOCUMENT], answers) == [] and to_ask([DOCUMENT], answers) == []


def test_it_is_asked_once_more_and_not_again(tmp_path):
    service, outcome, answers = asked([answer("nonsense")], tmp_path)
    assert (len(service.asked), outcome.answered, to_ask([DOCUMENT], answers)) == (2, 2, [])


def test_what_is_kept_is_not_asked_again(tmp_path):
    asked([GOOD], tmp_path)
    service, outcome, _ = asked([GOOD], tmp_path)
    assert (service.asked, outcome.answered) == ([], 0)


def test_requests_are_asked_side_by_side(tmp_path):
    _, outcome, answers = asked([answer(said())], tmp_path, MANY, parallel=3)
    assert (outcome.answered, unanswered(MANY, answers)) == (6, [])


def test_nothing_is_asked_beyond_the_budget(tmp_path):
    requests = to_ask(MANY, Answers(tmp_path, "played"))
    budget = requests[0].tokens + 130
    service, outcome, _ = asked([answer(said())], tmp_path, MANY, budget=budget)
    assert len(service.asked) == outcome.answered == 2
    assert outcome.unasked == 4


def test_requests_under_way_count_against_the_budget(tmp_path):
    budget = 2 * to_ask(MANY, Answers(tmp_path, "played"))[0].tokens
    service, outcome, _ = asked([slow(answer(said()))], tmp_path, MANY, parallel=6, budget=budget)
    assert len(service.asked) == outcome.answered == 2
    assert outcome.unasked == 4


def test_the_cost_is_told_before(tmp_path):
    requests = to_ask(MANY, Answers(tmp_path, "played"))
    expected = estimate(requests)
    assert expected.requests == 6
    assert 6 * 2000 < expected.tokens_in < 6 * 6000


class _Stopped:
    """A service during whose second answer somebody presses Ctrl-C."""

    def __init__(self) -> None:
        self.count = 0
        self.pressed = Event()

    def ask(self, request):
        self.count += 1
        if self.count == 2:
            os.kill(os.getpid(), signal.SIGINT)
            self.pressed.wait(1)
        return Reply(said(), 10, 10)


def test_what_was_paid_for_survives_control_c(tmp_path):
    answers = Answers(tmp_path, "played")
    outcome = ask(to_ask(MANY, answers), answers, _Stopped())
    assert (outcome.answered, outcome.unasked, outcome.stopped) == (2, 4, True)
    assert len(unanswered(MANY, answers)) == 4


def kgraph(*arguments: object, cwd: Path, wait: int = 300, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kgraph", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=wait,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ferries.txt").write_text(f"---\npublished: 2024-05-15\n---\n{DOCUMENT.text}", encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_a_build_asks_keeps_and_needs_no_service_the_next_time(folder, tmp_path_factory):
    with playing(GOOD) as service:
        said_how = ("--reader", "llm", "--llm-url", service.url, "--llm-model", "played")
        refused = kgraph("build", "ferries.txt", *said_how, cwd=folder)
        assert refused.returncode == 2 and "--yes" in refused.stderr and service.asked == []
        first = kgraph("build", "ferries.txt", *said_how, "--yes", cwd=folder)
        assert first.returncode == 0, first.stderr
        assert "1 requests to played at" in first.stderr
    other = tmp_path_factory.mktemp("elsewhere")
    (other / "exports" / "answers").mkdir(parents=True)
    for path in (folder / "exports" / "answers").iterdir():
        (other / "exports" / "answers" / path.name).write_bytes(path.read_bytes())
    (other / "ferries.txt").write_bytes((folder / "ferries.txt").read_bytes())
    offline = kgraph(
        "build", "ferries.txt", "--reader", "llm", "--llm-model", "played", "--llm-offline", cwd=other,
        TZ="Pacific/Auckland", HTTP_PROXY="http://127.0.0.1:9", HTTPS_PROXY="http://127.0.0.1:9",
    )  # fmt: skip
    assert offline.returncode == 0, offline.stderr
    graph = (folder / "exports" / "graph.ttl").read_bytes()
    assert b"turned down" in graph
    assert (other / "exports" / "graph.ttl").read_bytes() == graph
    assert kgraph("verify", cwd=other).returncode == 0


@pytest.mark.slow
def test_requests_and_answers_as_files(folder):
    assert kgraph("extract", "ferries.txt", "--requests", "r.jsonl", cwd=folder).returncode == 0
    (line,) = (folder / "r.jsonl").read_text(encoding="utf-8").splitlines()
    body = {"choices": [{"message": {"content": said(REJECTS)}}]}
    output = {"custom_id": json.loads(line)["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}
    (folder / "a.jsonl").write_text(json.dumps(output), encoding="utf-8")
    result = kgraph("extract", "ferries.txt", "--answers", "a.jsonl", cwd=folder)
    (record,) = [json.loads(found) for found in result.stdout.splitlines()]
    text = (folder / "ferries.txt").read_text(encoding="utf-8")
    assert (record["relation"], record["readBy"]) == ("rejects", ["llm"])
    assert text[record["start"] : record["end"]] == record["quote"]


@pytest.mark.slow
def test_show_request_prints_it_to_be_read(folder):
    shown = kgraph("extract", "ferries.txt", "--show-request", cwd=folder).stdout
    assert shown.startswith("[system]\n") and "\n[user]\nPublished: 2024-05-15" in shown
