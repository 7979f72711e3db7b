"""The wheel, built from the source distribution, works in a bare environment outside the checkout: the ontology travels
with it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WHEELS = Path(sys.prefix) / "wheels"

pytestmark = pytest.mark.slow


def test_the_wheel_builds_a_graph_elsewhere(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(
        ROOT,
        source,
        ignore=shutil.ignore_patterns(".venv", ".git", "*.egg-info", "exports", ".*_cache", "node_modules"),
    )
    # What an earlier build left at the top; the room of that name is part of the package.
    shutil.rmtree(source / "build", ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--skip-dependency-check",
        "--outdir",
        tmp_path / "dist",
        source,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "kgraph/ontology/terms.ttl",
        "kgraph/ontology/lexicon/en.ttl",
        "kgraph/queries/about.rq",
        "kgraph/extract/trained/weights/reader.onnx",
        "kgraph/views/templates/page.html",
        "kgraph/views/templates/analysis.html",
        "kgraph/serve/templates/base.html",
        "kgraph/assets/vendor/page.js",
        "kgraph/assets/vendor/query.js",
        "kgraph/assets/vendor/server.css",
        "kgraph/assets/vendor/yasgui.js",
    ):
        assert needed in names
    venv.create(tmp_path / "bare", with_pip=True)
    python = tmp_path / "bare" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", WHEELS, wheel],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    program = tmp_path / "bare" / "bin" / "kgraph"
    built = subprocess.run([program, "build", "a.txt", "-o", "out"], cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    asked = subprocess.run(
        [program, "query", "who-rejected-what", "--store", "out", "-f", "csv"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "Sweden,offer" in asked.stdout
    assert (tmp_path / "out" / "network.html").stat().st_size > 100_000
