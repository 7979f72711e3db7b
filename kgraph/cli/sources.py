"""sources: what would be read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass, fields

import click

from kgraph.cli.common import (
    echo,
    format_option,
    known,
    links_option,
    output_option,
    print_table,
    spreadsheet_option,
    write,
)
from kgraph.export.tables import without_formulas
from kgraph.model.wording import count
from kgraph.sources.documents import list_sources
from kgraph.sources.layout.layout import lay_out
from kgraph.sources.screening import foreign_language
from kgraph.sources.values import SkippedSource, SourceDocument
from kgraph.sources.versions import latest

SOURCE_FORMATS = ("table", "csv", "json")
_LONGEST_CELL = 60


@dataclass(frozen=True)
class Row:
    """A source as the list shows it; ``warnings`` are empty where nothing is to be said."""

    id: str
    title: str
    published: str
    dated_by: str
    publisher: str
    language: str
    kind: str
    words: int
    source: str
    warnings: str


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@format_option(SOURCE_FORMATS, "table")
@spreadsheet_option
@output_option("the list")
@links_option
def sources(sources: tuple[str, ...], form: str, spreadsheet_safe: bool, output: str, follow_links: bool) -> None:
    """List what would be read: id, title, date and its source, publisher, language, kind, length, warnings.

    The first thing to run on a new folder; nothing is stored.

    \b
    Examples:
      kgraph sources articles
      kgraph sources articles dump.jsonl -f csv -o sources.csv
    """
    known("format", form, SOURCE_FORMATS)
    items = list(list_sources(sources, follow_links))
    replaced = latest(item.document for item in items if not isinstance(item, SkippedSource)).replaced
    rows = [_skipped(item) if isinstance(item, SkippedSource) else _row(item, replaced) for item in items]
    left_out = sum(isinstance(item, SkippedSource) for item in items)
    if form == "json":
        write((json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n").encode(), output)
    elif form == "csv":
        content = _csv(rows).encode()
        write(without_formulas(content) if spreadsheet_safe else content, output)
    else:
        columns = [field.name for field in fields(Row)]
        print_table(
            columns, [[_cell(getattr(row, name)) for name in columns] for row in rows], "nothing to read", output
        )
    undated = sum(not row.published for row in rows) - left_out
    read = count(len(rows) - left_out, "document")
    echo(f"{read} ({undated} undated), {left_out} left out", err=True)


def _row(item: SourceDocument, replaced: dict[str, str]) -> Row:
    document, layout, language = item.document, lay_out(item.document), foreign_language(item.document)
    warnings = [*item.remarks]
    if document.source in replaced:
        warnings.append(f"an earlier version of {replaced[document.source]}, which replaces it in a build")
    if language:
        warnings.append("not English: it will not be read")
    if document.published is None:
        warnings.append("undated")
    if layout.left_out:
        are = "is" if layout.left_out == 1 else "are"
        warnings.append(f"{count(layout.left_out, 'line')} about the page {are} not read")
    if item.unused:
        warnings.append(f"fields not used: {', '.join(item.unused[:8])}")
    return Row(
        id=document.id,
        title=document.title or "",
        published=document.published or "",
        dated_by=item.dated_by or "",
        publisher=document.publisher or "",
        language=language or document.language or "en",
        kind=f"{item.form}, {layout.kind}",
        words=len(layout.text.split()),
        source=document.source,
        warnings="; ".join(warnings),
    )


def _skipped(item: SkippedSource) -> Row:
    reason = f"left out: {item.reason}" + (f"; {item.remedy}" if item.remedy else "")
    return Row("", "", "", "", "", "", "", 0, item.source, reason)


def _csv(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """A value as it fits into a table on a terminal, where no control character may reach."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
