"""validate, verify and stats."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from kgraph.build.opening import open_build
from kgraph.cli.common import echo, format_option, known, print_table, progress, store_option, working
from kgraph.model.wording import count
from kgraph.validate import validate as check_shapes
from kgraph.verify import verify as check_evidence

CHECK_FORMATS = ("table", "json")


@click.command()
@format_option(CHECK_FORMATS, "table")
@store_option
def validate(form: str, store: str) -> None:
    """Check the graph against the ontology's SHACL shapes; exit 1 when something is found.

    \b
    Example:
      kgraph validate -f json
    """
    known("format", form, CHECK_FORMATS)
    with working("checking the graph against the shapes"):
        findings = check_shapes(open_build(store).store)
    if form == "json":
        echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=1))
    elif findings:
        print_table(
            ["node", "path", "what is wrong", "value"], [[f.node, f.path, f.message, f.value] for f in findings]
        )
    echo(count(len(findings), "finding"), err=True)
    sys.exit(1 if findings else 0)


@click.command()
@format_option(CHECK_FORMATS, "table")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The build's folder, from which the sources are found; default: the store's, or exports for a server.",
)
@store_option
def verify(form: str, folder: Path | None, store: str) -> None:
    """Re-read every piece of evidence from its source file; exit 1 when something does not hold.

    The store against its manifest, each text's digest, the characters at every offset, the evidence of every role,
    and the antecedent of every pronoun are checked.

    \b
    Example:
      kgraph verify --store exports
    """
    known("format", form, CHECK_FORMATS)
    build = open_build(store, folder)
    with progress() as tell:
        result = check_evidence(build, build.manifest, build.folder, tell)
    if form == "json":
        echo(json.dumps(asdict(result), ensure_ascii=False, indent=1))
    elif result.findings:
        print_table(["document", "subject", "problem"], [[f.document, f.subject, f.problem] for f in result.findings])
    echo(
        f"{count(result.documents, 'document')} and {count(result.evidence, 'quotation')} checked; "
        f"{count(len(result.findings), 'finding')}",
        err=True,
    )
    sys.exit(1 if result.findings else 0)


@click.command()
@format_option(CHECK_FORMATS, "table")
@store_option
def stats(form: str, store: str) -> None:
    """Count what a build holds.

    \b
    Example:
      kgraph stats
    """
    known("format", form, CHECK_FORMATS)
    with working("counting"):
        build = open_build(store)
        statements = list(build.statements())
        things = build.entities()
    counts = {
        "documents": {"all": sum(1 for _ in build.documents())},
        "statements": _counted(s.relation for s in statements),
        "things": _counted(entity.type for entity in things.values()),
        "dates": _counted("dated" if s.dating.edtf else "undated" for s in statements),
        "voices": _counted(s.voice for s in statements),
    }
    if form == "json":
        echo(json.dumps(counts, indent=1))
        return
    listed = {of: kinds for of, kinds in counts.items() if len(kinds) > 1}
    rows = [
        ["" if number else of, kind, f"{n:,}"]
        for of, kinds in listed.items()
        for number, (kind, n) in enumerate(kinds.items())
    ]
    totals = ((counts["documents"], "document"), (counts["statements"], "statement"), (counts["things"], "thing"))
    print_table(
        ["of", "kind", "count"], rows, total=", ".join(count(sum(kinds.values()), noun) for kinds, noun in totals)
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(map(str, names)).items()))
