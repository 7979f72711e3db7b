"""What a build did, for whoever has to tell people."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from kgraph.link.judgements import Judgement
from kgraph.sources.report import SourceReport


@dataclass(frozen=True)
class Report:
    """What a run of ``build`` did, in counts and names.

    ``kept`` are documents of the store that were not among the sources, ``removed`` those taken out of it, ``moved``
    maps a document's id to the file it was read from before, ``damage`` says what was wrong with the build before and
    is mended, ``aside`` where what was damaged is kept, ``sources`` what was left out and ignored in reading the
    sources, ``on_pages`` how many statements the pages of network and timeline show, ``replaced`` the source of each
    earlier version of a story with that of the later.
    """

    documents: int
    read: int
    reused: int
    statements: int
    entities: int
    abstentions: int
    quads: int
    on_pages: int
    undated: int
    written: int
    refused: dict[str, str]
    reprints: dict[str, str]
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: dict[str, str] = field(default_factory=dict)
    stale: tuple[Judgement, ...] = ()
    aside: tuple[Path, ...] = ()
    damage: str | None = None
    sources: SourceReport = field(default_factory=SourceReport)
    replaced: dict[str, str] = field(default_factory=dict)

    def of_repetition(self) -> Report:
        """What the same build would report if it were run once more: nothing is read, written, mended or removed."""
        return replace(self, read=0, reused=self.documents, written=0, removed=(), moved={}, aside=(), damage=None)
