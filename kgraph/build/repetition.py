"""Whether a build is the one that was made last: then there is nothing to do.

A build notes down what it was made from (sources and the files beside them, knowledge, judgements, program, libraries,
options) and what it wrote, each file by its fingerprint. The next one looks at these before anything else: where all
are the same, its outputs would be the same bytes, and they lie there already. That costs a look at each file, but no
parser, no weights, no linking and no pages. Anything else is built, and says so.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

from cattrs.preconf.json import make_converter

from kgraph.build.cache import code_digest
from kgraph.build.fingerprints import Fingerprint, Fingerprints, fingerprints, same_content
from kgraph.build.folder import MADE_FROM, RECEIVED
from kgraph.build.opening import OUTPUTS
from kgraph.build.report import Report
from kgraph.errors import StoreError
from kgraph.files import parse_json, write_file
from kgraph.identifiers import digest
from kgraph.knowledge import knowledge_files
from kgraph.link.judgements import JUDGEMENTS
from kgraph.rdf.store import MANIFEST, STORE_FOLDER, Manifest
from kgraph.rdf.store.generations import current_generation, database_files
from kgraph.sources.documents import side_file
from kgraph.sources.finding import find_files
from kgraph.sources.formats.table import SUFFIXES, UNREAD, is_too_large
from kgraph.sources.values import SkippedSource
from kgraph.views import ASK

_CONVERTER = make_converter()
_EVERYTHING = ("**/*",)
_TOO_LARGE = "is too large to be read"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a build is asked for, apart from the content of files."""

    sources: tuple[str, ...]
    folder: Path
    knowledge: Path | None
    readers: tuple[str, ...]
    min_confidence: float
    prune: bool
    strict: bool
    follow_links: bool
    page_limit: int | None
    title: str | None

    @cached_property
    def digest(self) -> str:
        """A digest of the request, and of what would answer it."""
        asked = {name: str(value) for name, value in asdict(self).items()}
        return digest(json.dumps(asked, sort_keys=True), _program(), os.getcwd())


@cache
def _program() -> str:
    """A digest of the program and of the libraries that it stands on."""
    return digest(code_digest(_EVERYTHING), *_libraries(), sys.version, platform.platform())


def _libraries() -> list[str]:
    found = []
    for line in requires("kgraph") or ():
        name = match(r"[\w.-]+", line)
        with suppress(PackageNotFoundError):
            found.append(f"{name.group()} {version(name.group())}" if name else line)
    return sorted(found)


@dataclass(frozen=True, kw_only=True)
class _Note:
    """What a build was made from, what it wrote, and what it reported."""

    request: str
    program: str
    skipped: tuple[tuple[str, str], ...]
    inputs: dict[str, Fingerprint | None]
    outputs: dict[str, Fingerprint | None]
    link: str | None
    report: Report


@dataclass(frozen=True)
class Repetition:
    """A request beside the build that was made last in its folder."""

    request: Request
    before: _Note | None = field(repr=False)

    @classmethod
    def of(cls, request: Request) -> Repetition:
        """Notes down what the sources hold now, before any of them is read; raises DocumentError for one that is not
        there."""
        found = cls(request, _read(request.folder))
        _ = found._inputs
        return found

    def report(self, manifest: Manifest | None) -> Report | None:
        """What the build would report where it would change nothing; None where it has to be made."""
        before = self.before
        if before is None or manifest is None or self._inputs is None or before.request != self.request.digest:
            return None
        skipped, inputs = self._inputs
        outputs = self._outputs(manifest, before.outputs)
        if skipped != before.skipped or self._link != before.link:
            return None
        if not same_content(inputs, before.inputs) or outputs is None or not same_content(outputs, before.outputs):
            return None
        if (inputs, outputs) != (before.inputs, before.outputs):
            self._write(inputs, outputs, before.report)
        return before.report

    def unchanged(self, name: str) -> Path | None:
        """A file of the build before, where this program wrote it for the build that the manifest tells of, and nobody
        has touched it since; None where that is not sure."""
        if self.before is None or self.before.program != _program():
            return None
        path = self.request.folder / name
        files = [str(path), str(self.request.folder / MANIFEST)]
        then = {file: self.before.outputs.get(file) for file in files}
        try:
            now = fingerprints(files, then)
        except OSError:
            return None
        return path if None not in now.values() and same_content(then, now) else None

    def note(self, manifest: Manifest, report: Report) -> None:
        """Note down a build that was just made; nothing is noted where a source was changed meanwhile."""
        (self.request.folder / MADE_FROM).unlink(missing_ok=True)
        if self._inputs is None:
            return
        skipped, inputs = self._inputs
        outputs = self._outputs(manifest, {})
        try:
            unchanged = same_content(fingerprints(inputs, inputs), inputs)
        except OSError:
            return
        if outputs is not None and unchanged:
            self._write(inputs, outputs, report.of_repetition())

    @cached_property
    def _inputs(self) -> tuple[tuple[tuple[str, str], ...], dict[str, Fingerprint | None]] | None:
        """What was passed over among the sources, and the fingerprints of all that is read; None where something
        cannot be."""
        request, known = self.request, self.before.inputs if self.before else {}
        paths: list[Path] = []
        skipped: list[tuple[str, str]] = []
        for item in find_files(request.sources, SUFFIXES, request.follow_links, UNREAD):
            if isinstance(item, SkippedSource):
                skipped.append((item.source, item.reason))
            elif item.path is not None and is_too_large(item.path):
                # Reading all of it to tell whether it changed would take longer than the build.
                skipped.append((str(item.path), _TOO_LARGE))
            elif item.path is not None:
                paths += (item.path, side_file(item.path))
        try:
            paths += (*knowledge_files(request.knowledge), request.folder / JUDGEMENTS)
            return tuple(skipped), fingerprints(paths, known)
        except OSError:
            return None

    @property
    def _link(self) -> str | None:
        try:
            return os.readlink(self.request.folder / STORE_FOLDER)
        except OSError:
            return None

    def _outputs(self, manifest: Manifest, known: Fingerprints) -> dict[str, Fingerprint | None] | None:
        try:
            return fingerprints(_written(self.request.folder, manifest), known)
        except OSError:
            return None

    def _write(
        self, inputs: dict[str, Fingerprint | None], outputs: dict[str, Fingerprint | None], report: Report
    ) -> None:
        assert self._inputs is not None
        note = _Note(
            request=self.request.digest,
            program=_program(),
            skipped=self._inputs[0],
            inputs=inputs,
            outputs=outputs,
            link=self._link,
            report=report,
        )
        write_file(self.request.folder / MADE_FROM, _CONVERTER.dumps(note).encode())


def _written(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """Every file that a build wrote and that is not its cache."""
    yield from (folder / name for name in (MANIFEST, ASK, *OUTPUTS.values()) if name != STORE_FOLDER)
    yield from sorted((folder / RECEIVED).glob("*"))
    generation = current_generation(folder, manifest.digest)
    if generation.is_dir():
        yield from database_files(generation)


def _read(folder: Path) -> _Note | None:
    """What was noted down last; None where that is nothing, or cannot be read."""
    try:
        content = parse_json((folder / MADE_FROM).read_bytes())
        return _CONVERTER.structure(content, _Note)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, StoreError, ExceptionGroup):
        return None
