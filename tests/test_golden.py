"""The golden graph is what a build writes, byte for byte, whatever the folder, time zone and hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.build.pipeline import build

ROOT = Path(__file__).parent.parent


def test_the_golden_graph_is_rebuilt(seeds):
    assert (seeds.folder / ".kgraph").read_bytes() == (ROOT / "exports" / ".kgraph").read_bytes()
    assert (seeds.folder / "graph.ttl").read_bytes() == (ROOT / "exports" / "graph.ttl").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "seed"), [("Pacific/Kiritimati", "1"), ("America/Lima", "4242")])
def test_bytes_do_not_depend_on_zone_seed_or_folder(tmp_path, seeds, zone, seed):
    shutil.copytree(ROOT / "seeds", tmp_path / "elsewhere")
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    subprocess.run(
        [sys.executable, "-m", "kgraph", "build", "elsewhere", "-o", "out"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    for name in ("graph.ttl", "network.html", "timeline.html", "analysis.html"):
        assert (tmp_path / "out" / name).read_bytes() == (seeds.folder / name).read_bytes(), name


def test_a_second_run_reads_nothing_again(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    first = build([tmp_path / "seeds"], tmp_path / "out")
    again = build([tmp_path / "seeds"], tmp_path / "out")
    assert (first.report.read, first.report.reused) == (2, 0)
    assert (again.report.read, again.report.reused) == (0, 2)
    assert first.report.quads == again.report.quads


def test_a_changed_document_alone_is_read_and_written_again(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    build([tmp_path / "seeds"], tmp_path / "out")
    (tmp_path / "seeds" / "new.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    again = build([tmp_path / "seeds"], tmp_path / "out")
    assert (again.report.read, again.report.reused, again.report.written) == (1, 2, 2)
    (tmp_path / "seeds" / "new.txt").unlink()
    kept = build([tmp_path / "seeds"], tmp_path / "out")
    assert (kept.report.documents, kept.report.kept, kept.report.written) == (3, ("new",), 0)
    pruned = build([tmp_path / "seeds"], tmp_path / "out", prune=True)
    assert (pruned.report.documents, pruned.report.removed) == (2, ("new",))
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == (ROOT / "exports" / "graph.ttl").read_bytes()


def test_a_damaged_cache_is_read_anew(tmp_path):
    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    for cached in (tmp_path / "out" / "cache").iterdir():
        cached.write_text("{", encoding="utf-8")
    assert build([tmp_path / "a.txt"], tmp_path / "out", anew=True).report.read == 1
