"""Dated statements in order, undated ones apart."""

from __future__ import annotations

from kgraph.views.data import PageData, Sourced
from kgraph.views.template import render


def timeline_page(data: PageData) -> str:
    """A plain page that lists dated and undated statements."""
    dated = sorted((s for s in data.statements if s.date), key=lambda s: (s.earliest or s.date, s.latest, s.id))
    undated = [s for s in data.statements if not s.date]
    return render("timeline.html", dated=dated, undated=_by_document(undated, data), documents={d.id: d for d in data.documents},
                  title="Negotiation timeline")


def _by_document(statements: list[Sourced], data: PageData) -> list[tuple[str, list[Sourced]]]:
    return [(d.title, [s for s in statements if s.document == d.id]) for d in data.documents if any(s.document == d.id for s in statements)]
