"""positions, contradictions, deadlocks, lifecycle, blocs and diff."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from kgraph.cli.common import known, last_day, output_option, print_table, store_option, write

if TYPE_CHECKING:
    from kgraph.analysis.answers import Result
    from kgraph.analysis.table import Table
    from kgraph.knowledge import Knowledge

FORMATS = ("text", "table", "json", "csv", "ttl")


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "-f",
            "--format",
            "form",
            default="text",
            show_default=True,
            metavar="FORMAT",
            help=f"One of: {', '.join(FORMATS)}.",
        ),
        click.option("--rdf", is_flag=True, help="The findings as RDF (Turtle); the same as -f ttl."),
        click.option("--full", is_flag=True, help="As text, all sentences of a finding instead of the first two."),
        output_option("the answer"),
        store_option,
    ):
        command = option(command)
    return command


def _table(store: str) -> Table:
    from kgraph.analysis.table import Table
    from kgraph.build import open_build

    return Table(open_build(store).store)


def _table_and_knowledge(store: str) -> tuple[Table, Knowledge]:
    from kgraph.analysis.table import Table
    from kgraph.build import open_build

    build = open_build(store)
    return Table(build.store), build.knowledge


def _show(
    results: Iterable[Result],
    form: str,
    rdf: bool,
    full: bool,
    output: str,
    formats: tuple[str, ...] = FORMATS,
    empty: str = "nothing found",
) -> None:
    from kgraph.analysis.answers import answers, as_csv, as_json, as_rdf, as_rows, as_text

    form = "ttl" if rdf else known("format", form, formats)
    listed = list(results)
    if form == "json":
        write(as_json(listed), output)
        return
    found = answers(listed)
    if form == "csv":
        write(as_csv(found), output)
    elif form == "ttl":
        write(as_rdf(found), output)
    elif form == "table" or not found:
        print_table(*as_rows(found), empty=empty, output=output)
    else:
        write(
            as_text(
                found, min(get_terminal_size().columns, 120) if output == "-" and sys.stdout.isatty() else 110, full
            ).encode(),
            output,
        )


def _thing(table: Table, name: str | None, classes: tuple[str, ...], what: str) -> str | None:
    from kgraph.rdf.lookup import find_thing

    return find_thing(table.store, name, classes, what) if name else None


_NAMES = {"unit": "--by", "by_matter": "--matters", "as_of": "--as-of"}
_CLASHES = {
    "reversals": ("issue", "matter", "by_matter", "as_of", "unit", "silent"),
    "unit": ("as_of", "silent"),
    "issue": ("matter", "by_matter"),
}


def _refuse_clashes(given: dict[str, Any]) -> None:
    """Options that would silently undo each other are refused."""
    for one, others in _CLASHES.items():
        for other in others:
            if given[one] and given[other]:
                raise click.UsageError(
                    f"{_NAMES.get(one, f'--{one}')} and {_NAMES.get(other, f'--{other}')} do not go together"
                )


@click.command()
@click.option("--actor", metavar="NAME", help="One party, by any of its names.")
@click.option("--issue", metavar="NAME", help="One issue, by its name or a part of it.")
@click.option("--matter", metavar="NAME", help="One matter (a plan, a demand) instead of issues, by any of its names.")
@click.option("--matters", "by_matter", is_flag=True, help="Matter by matter instead of issue by issue.")
@click.option("--as-of", metavar="DATE", help="Where did each stand on that day (the last day of a month or year)?")
@click.option(
    "--by",
    "unit",
    type=click.Choice(("month", "quarter", "year")),
    help="How it went: the position at the end of each, where it changed.",
)
@click.option("--reversals", is_flag=True, help="Only where a party turned round: both sentences, both speakers.")
@click.option("--silent", is_flag=True, help="Also name who says nothing where others do.")
@_shared
def positions(
    actor: str | None,
    issue: str | None,
    matter: str | None,
    by_matter: bool,
    as_of: str | None,
    unit: str | None,
    reversals: bool,
    silent: bool,
    form: str,
    rdf: bool,
    full: bool,
    output: str,
    store: str,
) -> None:
    """Where each party stands on each issue: proposes, accepts, rejects, conditional, calls for or silent.

    On each matter the latest statement decides, as far as the dates tell which that is: a position is certain, or possible. Earlier ones
    are not lost (--by). "As of" a day, a statement dated 2025-12 counts for certain from 31 December on, and possibly from 1 December.

    \b
    Examples:
      kgraph positions --actor Zelensky
      kgraph positions --issue ceasefire --as-of 2025-12
      kgraph positions --matter "Istanbul agreements"
      kgraph positions --reversals -f json
    """
    from kgraph.analysis.positions import ends_of, timeline
    from kgraph.analysis.positions import positions as run
    from kgraph.analysis.positions import reversals as turns
    from kgraph.rdf.lookup import ACTOR_CLASSES, MATTER_CLASSES
    from kgraph.vocabulary import Term

    _refuse_clashes(click.get_current_context().params)
    table = _table(store)
    party = _thing(table, actor, ACTOR_CLASSES, "actor")
    topic = _thing(table, issue, (Term.Issue,), "issue") or _thing(table, matter, MATTER_CLASSES, "matter")
    day = last_day(as_of) if as_of else ""
    found: Iterable[Any]
    if reversals:
        found = [turn for turn in turns(table) if party in (None, turn.party)]
    elif unit:
        found = timeline(table, ends_of(table, unit), party, topic, by_matter or bool(matter))
    else:
        found = run(table, party, topic, day, by_matter or bool(matter), silent)
    _show(found, form, rdf, full, output)


@click.command()
@_shared
def contradictions(form: str, rdf: bool, full: bool, output: str, store: str) -> None:
    """Where sources exclude each other: figures, stances, meetings; the strongest first, and never averaged.

    Bounds are honoured: "more than 6,000" contradicts 4,000, not 7,000. Figures that look alike and count different things (killed
    against killed or wounded) are listed last, as not comparable.

    \b
    Examples:
      kgraph contradictions
      kgraph contradictions -f csv -o contradictions.csv
    """
    from kgraph.analysis.contradictions import contradictions as run

    _show(run(*_table_and_knowledge(store)), form, rdf, full, output)


@click.command()
@click.option(
    "--all/--no-conditions",
    "with_conditions",
    default=True,
    help="With or without the list of all conditions after the findings.",
)
@_shared
def deadlocks(with_conditions: bool, form: str, rdf: bool, full: bool, output: str, store: str) -> None:
    """What waits for what: deadlocks across parties, chains that somebody refuses, demands that exclude each other, what would free most.

    Every condition is listed after them, with who set it and whether it is met, refused or open.

    \b
    Examples:
      kgraph deadlocks
      kgraph deadlocks --no-conditions -f json
    """
    from kgraph.analysis.conditions import CONDITION
    from kgraph.analysis.conditions import deadlocks as run

    found = run(*_table_and_knowledge(store))
    _show([f for f in found if with_conditions or f.kind != CONDITION], form, rdf, full, output)


@click.command()
@click.argument("matter", required=False)
@_shared
def lifecycle(matter: str | None, form: str, rdf: bool, full: bool, output: str, store: str) -> None:
    """The life of plans, agreements and legal acts, or of one MATTER: proposed, accepted and rejected by whom, signed, broken; and its state.

    \b
    Examples:
      kgraph lifecycle
      kgraph lifecycle decree
    """
    from kgraph.analysis.lifecycle import life_cycles
    from kgraph.rdf.lookup import MATTER_CLASSES

    table = _table(store)
    _show(life_cycles(table, _thing(table, matter, MATTER_CLASSES, "matter")), form, rdf, full, output)


@click.command()
@click.option("--issues", "by_issue", is_flag=True, help="Count shared issues instead of shared matters.")
@_shared
def blocs(by_issue: bool, form: str, rdf: bool, full: bool, output: str, store: str) -> None:
    """Who is close to whom: on how many matters two parties agree and conflict, and which communities that makes.

    Counts go by move: a story reprinted five times counts once. For Gephi and others, -f gexf or graphml.

    \b
    Examples:
      kgraph blocs
      kgraph blocs -f gexf -o blocs.gexf
    """
    from kgraph.analysis.blocs import blocs as run
    from kgraph.export.networks import write_network

    formats = (*FORMATS, "graphml", "gexf")
    known("format", form, formats)
    found = run(_table(store), by_issue)
    if form in ("graphml", "gexf"):
        from kgraph.analysis.blocs import network

        write(write_network(network(found), form), output)
        return
    _show(found.ties, form, rdf, full, output, formats)
    for number, community in enumerate(found.communities, 1):
        click.echo(f"community {number}: {', '.join(community)}", err=True)


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "-f",
    "--format",
    "form",
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="One of: text, table, json, csv, ttl, patch (RDF Patch).",
)
@click.option("--rdf", is_flag=True, help="The findings as RDF (Turtle); the same as -f ttl.")
@click.option("--full", is_flag=True, help="As text, all sentences of a finding instead of the first two.")
@output_option("the answer")
def diff(old: str, new: str, form: str, rdf: bool, full: bool, output: str) -> None:
    """What changed from one build to another: statements, actors, stances that moved, conditions set or met, contradictions opened.

    OLD and NEW are builds' folders (or servers' URLs). Exit 1 when something changed.

    \b
    Examples:
      cp -r exports before; kgraph build articles; kgraph diff before exports
      kgraph diff before exports -f patch -o changes.rdfp
    """
    from kgraph.analysis.change import changes, patch

    formats = (*FORMATS, "patch")
    known("format", form, formats)
    for place in (old, new):
        if "://" not in place and not Path(place).exists():
            raise click.UsageError(f"{place}: no such folder; give the folders of two builds")
    before, (after, knowledge) = _table(old), _table_and_knowledge(new)
    found = changes(before, after, knowledge)
    if form == "patch":
        write(patch(before.store, after.store), output)
    else:
        _show(found, form, rdf, full, output, formats, empty="nothing changed")
    sys.exit(1 if found else 0)
