"""Reading in several processes and on a cluster: the same bytes, whoever reads and whoever is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace

import psutil
import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from kgraph.build.pipeline import build
from kgraph.build.reading import READING, engine_for, extract_with
from kgraph.build.workers import MOST_CHARACTERS, MOST_DOCUMENTS, Assignment, batches, in_this_process
from kgraph.cli import cli
from kgraph.errors import ReadingError, SettingsError
from kgraph.knowledge import load_knowledge
from kgraph.model.document import Document
from kgraph.model.record import to_json

MATTERS = ("the border treaty", "a prisoner exchange", "the 12-point plan")
STATES = ("Sweden", "Peru", "Kenya", "Chile")


def documents(count: int) -> list[Document]:
    found = []
    for number in range(count):
        state, other = STATES[number % 4], STATES[(number + 1) % 4]
        text = (
            f"{state} rejected {MATTERS[number % 3]}. {other} said it would sign {MATTERS[(number + 1) % 3]} in May. "
        )
        found.append(Document(f"d{number:03}", text * (1 + number % 5), published="2024-05-15"))
    return found


@pytest.fixture(scope="module")
def assignment():
    return Assignment(load_knowledge(), ("rules", "trained"))


@pytest.fixture(scope="module")
def alone(assignment):
    """What one process reads, each document by itself."""
    return [to_json(assignment.read([document])[0]) for document in documents(60)]


def read(engine, assignment, count: int = 60) -> list[str]:
    return [to_json(extraction) for _, extraction in extract_with(documents(count), assignment, engine)]


def test_batches_are_of_about_one_length_and_keep_the_order():
    given = [Document(f"d{n}", "x" * length) for n, length in enumerate([9_000, 9_000, 40_000, 10, *[10] * 20])]
    found = list(batches(given))
    assert [document.id for batch in found for document in batch] == [document.id for document in given]
    assert [len(batch) for batch in found] == [1, 1, 1, MOST_DOCUMENTS, 5]
    assert all(len(b) == 1 or sum(len(d.text) for d in b) <= MOST_CHARACTERS for b in found)
    assert list(batches([])) == []


@pytest.mark.slow
def test_a_batch_reads_as_its_documents_do_by_themselves(assignment, alone):
    assert read(in_this_process, assignment) == alone


@pytest.mark.slow
def test_two_processes_read_the_same(assignment, alone):
    assert read(engine_for(2), assignment) == alone


@pytest.mark.slow
def test_a_killed_process_is_said(assignment):
    found = extract_with(documents(200), assignment, engine_for(2))
    next(found)
    living = [p for p in psutil.Process().children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE]
    workers = [p for p in living if "spawn_main" in " ".join(p.cmdline())]
    workers[-1].kill()
    with pytest.raises(ReadingError, match="one of 2 reading processes was killed"):
        list(found)


@pytest.mark.slow
def test_processes_that_end_as_they_begin_are_said(tmp_path):
    (tmp_path / "a.txt").write_text("Peru signed the Lima accord.", encoding="utf-8")
    script = tmp_path / "without_a_guard.py"
    script.write_text("from kgraph.build.pipeline import build\nbuild(['a.txt'], 'out', jobs=2)\n", encoding="utf-8")
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ran.returncode
    assert "ReadingError: one of 2 reading processes ended before anything was read; a script" in ran.stderr


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as made:
        yield made


@pytest.mark.slow
def test_a_cluster_reads_the_same_and_survives_a_lost_worker(cluster, assignment, alone):
    engine = engine_for(1, cluster.scheduler_address)
    assert read(engine, assignment) == alone
    found = extract_with(documents(60), assignment, engine)
    first = next(found)
    victim = next(iter(cluster.workers.values()))
    os.kill(victim.process.process.pid, signal.SIGKILL)
    assert [to_json(e) for _, e in (first, *found)] == alone


@pytest.mark.slow
def test_a_build_on_a_cluster_is_the_same_folder(cluster, tmp_path):
    (tmp_path / "in").mkdir()
    for document in documents(20):
        (tmp_path / "in" / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
    told = []
    build([tmp_path / "in"], tmp_path / "a")
    build([tmp_path / "in"], tmp_path / "b", progress=lambda *step: told.append(step), dask=cluster.scheduler_address)
    assert [step[1:] for step in told if step[0] == READING] == [(n, 20) for n in range(21)]
    for name in ("graph.ttl", "manifest.json", "network.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.slow
def test_a_cluster_with_another_kgraph_is_refused(cluster, assignment, monkeypatch):
    from kgraph.build import cluster as module

    other = module.Reading(assignment)
    other.program = "another"
    monkeypatch.setattr(module, "Reading", lambda assignment: other)
    with pytest.raises(ReadingError, match="has another kgraph.* install the same kgraph on all machines"):
        read(engine_for(1, cluster.scheduler_address), assignment, 3)


def test_no_scheduler_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text("Peru signed the Lima accord.", encoding="utf-8")
    ran = CliRunner().invoke(
        cli, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--dask", "nonsense://x"]
    )
    assert ran.exit_code == 2
    assert "no Dask scheduler answers there" in ran.output
    assert "internal error" not in ran.output


def test_readers_with_files_of_this_machine_stay_here(assignment):
    set_up = replace(assignment, settings={"llm": "x"})
    with pytest.raises(SettingsError, match="llm reads files of this machine"):
        list(engine_for(1, "local")([documents(1)], set_up))
