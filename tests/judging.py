"""Records a judgement and builds again, as ``kgraph judge`` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kgraph.build.judge import record
from kgraph.build.pipeline import Built, rebuild
from kgraph.link.judgements import Judgement


def judge(
    output: str | Path,
    verdict: str,
    target: str,
    why: str,
    *,
    others: Sequence[str] = (),
    who: str = "",
    when: str = "",
    server: str | None = None,
    **more: Any,
) -> tuple[Judgement, Built]:
    """The judgement as it was recorded, and the build with it; raises what ``record`` does."""
    given = Judgement(verdict=verdict, target=target, who=who, when=when, why=why, others=tuple(others), **more)
    return record(output, given, server), rebuild(output, server=server)
