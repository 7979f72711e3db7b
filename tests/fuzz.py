"""Fuzzes what kgraph reads, guided by the branches that are taken: nothing but an error of ours may come of any bytes.

``python -m tests.fuzz --seconds 60 [--target documents]``. Needs ``pip install atheris`` (Linux on x86-64 alone, 35 MB;
for that reason it is no part of the extra for tests); without it the suite still runs every target over its seeds, and
hypothesis over the same kinds of files. What is found stands in ``--found``, a file a case.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from kgraph.errors import KGraphError
from kgraph.link.judgements import JUDGEMENTS, REJECT, Judgement, read_log, write_log
from kgraph.model.record import from_json
from kgraph.namespaces import KG
from kgraph.rdf.sparql import check, form, has_dataset, may_ask_the_network, with_limit
from kgraph.rdf.store.manifest import MANIFEST, Manifest, read_manifest
from kgraph.sources.documents import list_sources
from kgraph.sources.formats.table import FORMATS

_SUFFIXES = sorted({suffix for form_ in FORMATS for suffix in form_.suffixes})
_TEXT = "Sweden rejected the 12-point plan on Tuesday."
_FEW = 3


def documents(content: bytes, place: Path) -> None:
    """A document of any kind: the first byte says which."""
    if not content:
        return
    path = place / f"a{_SUFFIXES[content[0] % len(_SUFFIXES)]}"
    path.write_bytes(content[1:])
    for _ in list_sources([path]):
        pass
    path.unlink()


def beside(content: bytes, place: Path) -> None:
    """A file of metadata beside a text."""
    (place / "b.txt").write_text(_TEXT, encoding="utf-8")
    (place / "b.json").write_bytes(content)
    for _ in list_sources([place / "b.txt"]):
        pass


def judgements(content: bytes, place: Path) -> None:
    """A log of judgements."""
    (place / JUDGEMENTS).write_bytes(content)
    read_log(place / JUDGEMENTS)


def manifest(content: bytes, place: Path) -> None:
    """A build's manifest."""
    (place / MANIFEST).write_bytes(content)
    read_manifest(place)


def cached(content: bytes, _: Path) -> None:
    """A reading that was kept: a ValueError, and nothing else, is raised for what is none."""
    with suppress(ValueError):
        from_json(content)


def queries(content: bytes, _: Path) -> None:
    """A query, and the same with a limit: what the engine takes without, it takes with it, and gives no more rows."""
    text = content.decode("utf-8", "replace")
    check(text)
    limited = with_limit(text, _FEW)
    form(text), has_dataset(text)
    if may_ask_the_network(text):
        return
    with suppress(SyntaxError):
        if isinstance(Store().query(text), QuerySolutions):
            rows = Store().query(limited)
            assert isinstance(rows, QuerySolutions) and len(list(rows)) <= _FEW, limited


TARGETS: dict[str, Callable[[bytes, Path], None]] = {
    target.__name__: target for target in (documents, beside, judgements, manifest, cached, queries)
}
_PAGE = f"<html><head><title>A</title></head><body><article><h1>A</h1><p>{_TEXT}</p></article></body></html>"
_SOUND = {
    ".txt": f"---\ntitle: A\npublished: 2024-05-15\n---\n{_TEXT}\n",
    ".md": f"# A\n\n- {_TEXT}\n\n> {_TEXT}\n",
    ".html": _PAGE,
    ".jsonl": json.dumps({"id": "a", "text": _TEXT, "published": "2024-05-15"}),
    ".rss": f"<rss><channel><item><title>A</title><description>{_TEXT}</description></item></channel></rss>",
    ".eml": f"From: Jane Roe <jane@example.org>\nSubject: Talks\n\n{_TEXT}\n",
    ".mbox": f"From jane@example.org\nSubject: Talks\n\n{_TEXT}\n",
}
_JUDGEMENT = Judgement(
    verdict=REJECT, target=f"{KG}statement/1", who="desk", when="2026-01-31T12:00:00Z", why="said of another"
)
SEEDS: dict[str, list[bytes]] = {
    "documents": [bytes([_SUFFIXES.index(suffix)]) + text.encode() for suffix, text in _SOUND.items()],
    "beside": [json.dumps({"title": "A", "published": "2024-05-15", "publisher": "P"}).encode()],
    "judgements": [write_log([_JUDGEMENT])],
    "manifest": [Manifest(documents=(), graphs={}).to_json().encode()],
    "cached": [b'{"document": "a", "statements": [], "mentions": [], "abstentions": [], "context": {}}'],
    "queries": [
        b"SELECT ?a { ?a ?b ?c FILTER(?c<5) } ORDER BY ?a LIMIT 9",
        b"PREFIX a: <urn:a> SELECT (COUNT(*) AS ?n) FROM <urn:g> { { SELECT * { ?a a:b/a:c* ?d } LIMIT 2 } UNION { ?a ?b 'x' } }"
        b" GROUP BY ?a VALUES ?n { 1 }",
        b"SELECT * { VALUES (?a ?b) { (1 'LIMIT 3') (2 2) (3 3) (4 4) } } # LIMIT 2",
    ],
}


def tried(target: str, content: bytes, place: Path) -> None:
    """Give some bytes to a target; raises what it should not."""
    with suppress(KGraphError):
        TARGETS[target](content, place)


# What a process of its own runs: modules are instrumented when they are imported.
_GUIDED = """
import sys
import atheris
with atheris.instrument_imports(include=["kgraph"]):
    from tests.fuzz import fuzz
fuzz(*sys.argv[1:])
"""


def fuzz(target: str, seconds: str, found: str) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with tempfile.TemporaryDirectory() as folder:
        place, corpus = Path(folder) / "place", Path(folder) / "corpus"
        for made in (place, corpus):
            made.mkdir()
        for number, seed in enumerate(SEEDS[target]):
            (corpus / str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=4096", f"-artifact_prefix={found}/"]
        atheris.Setup(["fuzz", *options, str(corpus)], lambda content: tried(target, content, place))
        atheris.Fuzz()


def main() -> int:
    """Fuzz all targets, each in a process of its own; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--target", choices=sorted(TARGETS))
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"))
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: pip install atheris", file=sys.stderr)
        return 2
    given.found.mkdir(exist_ok=True)
    command = [sys.executable, "-c", _GUIDED]
    targets = [given.target] if given.target else list(TARGETS)
    failed = [
        t for t in targets if subprocess.run([*command, t, str(given.seconds), given.found], check=False).returncode
    ]
    print(f"found something in: {', '.join(failed)}" if failed else "nothing found")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
