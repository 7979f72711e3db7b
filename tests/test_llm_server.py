"""A real server and a real, very small model: whatever it answers, a build ends cleanly and holds nothing false."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.llama_server import serving
from tests.test_llm import ORDERS, TEXT
from tests.test_llm_service import kgraph

pytestmark = pytest.mark.slow
WAIT = 1200
TEXTS = {"ferries": TEXT, "orders": ORDERS}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder with a build that asked the model about two texts, and what the build said."""
    folder = tmp_path_factory.mktemp("llama")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with serving() as url:
        result = kgraph(
            "build", "ferries.txt", "orders.txt", "--reader", "llm", "--llm-url", url, "--llm-model", "smollm2",
            "--parallel", 1, "--yes", cwd=folder, wait=WAIT,
        )  # fmt: skip
    assert result.returncode == 0, result.stderr
    yield folder, result.stderr


def answers(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted((folder / "exports" / "answers").iterdir())]


def test_the_model_was_asked_and_its_answers_are_kept(built):
    folder, said = built
    kept = answers(folder)
    assert {answer["document"] for answer in kept} == set(TEXTS)
    assert {answer["model"] for answer in kept} == {"smollm2"}
    assert all(answer["text"] and answer["tokens_in"] > 1000 and answer["tokens_out"] > 0 for answer in kept)
    assert f"{len(kept)} answers, " in said


def test_what_holds_has_its_words_and_what_does_not_is_listed(built):
    folder, _ = built
    asked = ("--reader", "llm", "--llm-model", "smollm2", "--llm-offline")
    printed = kgraph("extract", "ferries.txt", "orders.txt", *asked, cwd=folder).stdout
    for line in printed.splitlines():
        record = json.loads(line)
        text = TEXTS[record["document"]]
        assert text[record["start"] : record["end"]] == record["quote"]
        for role in ("actor", "object", "condition", "content", "place"):
            if record.get(role):
                assert text[record[role]["start"] : record[role]["end"]] == record[role]["mention"]
    left = [
        json.loads(found)
        for found in kgraph(
            "extract", "ferries.txt", "orders.txt", *asked, "--abstained", cwd=folder
        ).stdout.splitlines()
    ]
    assert all(entry["reason"].startswith("language model: ") for entry in left)
    assert len(printed.splitlines()) + len(left) > 0


def test_the_build_verifies(built):
    folder, _ = built
    assert kgraph("verify", cwd=folder).returncode == 0
    assert kgraph("validate", cwd=folder).returncode == 0
