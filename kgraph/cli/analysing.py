"""positions, contradictions, deadlocks, lifecycle, blocs and diff."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

import click

from kgraph.analysis.answers import Answer, Result, answers, as_csv, as_json, as_rdf, as_rows, as_text
from kgraph.analysis.blocs import Community, network
from kgraph.analysis.blocs import blocs as find_blocs
from kgraph.analysis.change import changes, patch
from kgraph.analysis.conditions import CONDITION
from kgraph.analysis.conditions import deadlocks as find_deadlocks
from kgraph.analysis.contradictions import contradictions as find_contradictions
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.lifecycle import ALIVE, KINDS, LifeCycle, life_cycles
from kgraph.analysis.positions import ends_of, timeline
from kgraph.analysis.positions import positions as find_positions
from kgraph.analysis.positions import reversals as find_reversals
from kgraph.analysis.summary import in_a_line, select
from kgraph.build.opening import open_build
from kgraph.cli.common import (
    COUNT,
    SHARE,
    echo,
    known,
    negotiation_option,
    output_option,
    print_table,
    show,
    spreadsheet_option,
    store_option,
    working,
    write,
)
from kgraph.cli.dates import last_day
from kgraph.errors import UnknownNameError
from kgraph.export.networks import write_network
from kgraph.export.tables import without_formulas
from kgraph.rdf.lookup import ACTOR_CLASSES, MATTER_CLASSES, find_negotiation, find_thing, find_things
from kgraph.vocabulary import Term

FORMATS = ("text", "table", "json", "csv", "ttl")
_WIDEST, _PLAIN_WIDTH = 120, 110
_MOST_COMMUNITIES = 5
_AT_WORK = "comparing what the sources say"


@dataclass(frozen=True, kw_only=True)
class _Way:
    """How findings are shown: the format, how many, whether weak ones too, and where to."""

    form: str
    rdf: bool
    full: bool
    limit: int | None
    weak: bool = True
    spreadsheet_safe: bool = False
    output: str = "-"
    formats: tuple[str, ...] = FORMATS

    def chosen(self) -> str:
        """The format, if it is one of those that the command has."""
        return "ttl" if self.rdf else known("format", self.form, self.formats)


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
        click.option("--rdf", is_flag=True, help="Write the findings as RDF (Turtle); the same as -f ttl."),
        click.option(
            "--full", is_flag=True, help="In text output, show all sentences of a finding, not just the first four."
        ),
        click.option("--limit", type=COUNT, metavar="N", help="Show only the first N findings."),
        spreadsheet_option,
        output_option("the answer"),
        store_option,
    ):
        command = option(command)
    return command


_min_confidence = click.option(
    "--min-confidence",
    "least",
    type=SHARE,
    default=0.0,
    metavar="P",
    help="Leave out statements with a confidence below P (0 to 1).",
)
_weak = click.option(
    "--weak", is_flag=True, help="Include weak findings: uncertain ones, and those that rest on little evidence."
)


def _corpus(store: str, least: float = 0.0, negotiation: str | None = None) -> Corpus:
    """The statements of a build, or of one negotiation of it by its name.

    Raises UnknownNameError for a name that none has.
    """
    build = open_build(store)
    if negotiation is None:
        return Corpus(build, least=least)
    process = find_negotiation(build.store, negotiation)
    return Corpus(build, {s.id for s in build.statements() if s.negotiation == process}, least)


def _before(store: str, negotiation: str) -> Corpus:
    """The statements of a negotiation in the older of two builds: none where it had not begun."""
    try:
        return _corpus(store, negotiation=negotiation)
    except UnknownNameError:
        return Corpus(open_build(store), frozenset())


def _show(results: Iterable[Result], way: _Way, *corpora: Corpus) -> None:
    """Write results in a format.

    A line above says what was found and compared, on standard error where a program may read the rest.
    """
    form = way.chosen()
    shown = select(list(results), way.limit, way.weak)
    summary = in_a_line(shown, corpora)
    listed = answers(shown.results)
    if form == "text" and shown.results:
        show(_text(summary, listed, way), way.output)
        return
    echo(summary, err=True)
    if form == "json":
        write(as_json(shown.results), way.output)
    elif form == "csv":
        content = as_csv(listed)
        write(without_formulas(content) if way.spreadsheet_safe else content, way.output)
    elif form == "ttl":
        write(as_rdf(listed), way.output)
    elif shown.results:
        print_table(*as_rows(listed), output=way.output)


def _say_communities(communities: Sequence[Community], most: int | None) -> None:
    """The communities on standard error, the largest first."""
    largest = sorted(communities, key=len, reverse=True)[:most]
    of_all = f", the largest of {len(communities)}" if len(largest) < len(communities) else ""
    for community in largest:
        echo(f"community of {community}{of_all}", err=True)
        of_all = ""
    if len(largest) < len(communities):
        echo(f"… and {len(communities) - len(largest)} more (--full)\n", err=True)


def _text(summary: str, listed: list[Answer], way: _Way) -> str:
    terminal = way.output == "-" and sys.stdout.isatty()
    width = min(get_terminal_size().columns, _WIDEST) if terminal else _PLAIN_WIDTH
    return f"{fill(summary, width)}\n\n{as_text(listed, width, way.full)}"


def _thing(corpus: Corpus, name: str | None, classes: Sequence[str], what: str) -> str | None:
    return find_thing(corpus.graph.store, name, tuple(classes), what) if name is not None else None


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
@click.option("--issue", metavar="NAME", help="One issue, by its name or part of it.")
@click.option("--matter", metavar="NAME", help="One matter (a plan, a demand) instead of issues, by any of its names.")
@click.option("--matters", "by_matter", is_flag=True, help="By matter instead of by issue.")
@click.option("--as-of", metavar="DATE", help="Positions as of this day (or the last day of a month or year).")
@click.option(
    "--by",
    "unit",
    type=click.Choice(("month", "quarter", "year")),
    help="Over time: the position at the end of each period in which it changed.",
)
@click.option("--reversals", is_flag=True, help="Only where a party changed sides: both sentences, both speakers.")
@click.option("--silent", is_flag=True, help="Also name parties that say nothing where others do.")
@negotiation_option
@_min_confidence
@_weak
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
    least: float,
    negotiation: str | None,
    store: str,
    **way: Any,
) -> None:
    """Where each party stands on each issue: proposes, accepts, rejects, conditional, calls for or silent.

    On each matter the latest statement decides: a position is open where the dates leave more than one, else reported
    by one source or confirmed by several. Earlier ones are not lost (--by). "As of" a day counts what documents
    published by then report; what is undated is placed at its report.

    \b
    Examples:
      kgraph positions --actor Zelensky
      kgraph positions --issue ceasefire --as-of 2025-12
      kgraph positions --matter "Istanbul agreements"
      kgraph positions --reversals -f json
    """
    _refuse_clashes(click.get_current_context().params)
    day = last_day(as_of) if as_of is not None else ""
    found: Iterable[Any]
    with working(_AT_WORK):
        corpus = _corpus(store, least, negotiation)
        party = _thing(corpus, actor, ACTOR_CLASSES, "actor")
        topic = _thing(corpus, issue, (Term.Issue,), "issue") or _thing(corpus, matter, MATTER_CLASSES, "matter")
        if reversals:
            found = [turn for turn in find_reversals(corpus) if party in (None, turn.party)]
        elif unit:
            found = timeline(corpus, ends_of(corpus, unit), party, topic, by_matter or bool(matter))
        else:
            found = find_positions(corpus, party, topic, day, by_matter or bool(matter), silent)
    _show(found, _Way(**way), corpus)


@click.command()
@negotiation_option
@_min_confidence
@_weak
@_shared
def contradictions(least: float, negotiation: str | None, store: str, **way: Any) -> None:
    """Where sources contradict each other: figures, stances, meetings, deeds; the most certain first, never averaged.

    Bounds count: "more than 6,000" contradicts 4,000, not 7,000. Figures that look alike and count different
    things (killed against killed or wounded) are listed last, as not comparable, with --weak.

    \b
    Examples:
      kgraph contradictions
      kgraph contradictions -f csv -o contradictions.csv
    """
    with working(_AT_WORK):
        corpus = _corpus(store, least, negotiation)
        found = find_contradictions(corpus)
    _show(found, _Way(**way), corpus)


@click.command()
@click.option(
    "--all/--no-conditions",
    "with_conditions",
    default=True,
    help="With or without the list of all conditions after the findings.",
)
@negotiation_option
@_min_confidence
@_weak
@_shared
def deadlocks(with_conditions: bool, least: float, negotiation: str | None, store: str, **way: Any) -> None:
    """What waits for what: deadlocks between parties, chains that end in a refusal, incompatible demands, what
    would resolve most.

    Every condition is listed after them, with who set it and whether it is met, refused or open.

    \b
    Examples:
      kgraph deadlocks
      kgraph deadlocks --no-conditions --limit 10
    """
    with working(_AT_WORK):
        corpus = _corpus(store, least, negotiation)
        found = [f for f in find_deadlocks(corpus) if with_conditions or f.kind != CONDITION]
    _show(found, _Way(**way), corpus)


def _lives(corpus: Corpus, name: str) -> list[LifeCycle]:
    """The lives of what is called so and, after them, of the plans, agreements and legal acts that have the name in one
    of theirs; where nothing was done about all that, of every matter that has.
    """
    exactly, in_part = (
        find_things(corpus.graph.store, name, MATTER_CLASSES, "matter", parts=parts) for parts in (False, True)
    )
    further = [thing for thing in in_part if thing not in exactly]
    # Of several that are called so, what something became of is meant rather.
    found = [
        *sorted(life_cycles(corpus, exactly), key=lambda life: life.state == ALIVE),
        *life_cycles(corpus, [thing for thing in further if corpus.kind(thing) in KINDS]),
    ]
    return found or life_cycles(corpus, further)


@click.command()
@click.argument("matter", required=False)
@negotiation_option
@_min_confidence
@_weak
@_shared
def lifecycle(matter: str | None, least: float, negotiation: str | None, store: str, **way: Any) -> None:
    """What became of plans, agreements and legal acts, or of what MATTER names: who proposed, accepted, rejected,
    signed or broke it, and its state.

    \b
    Examples:
      kgraph lifecycle
      kgraph lifecycle decree
    """
    with working(_AT_WORK):
        corpus = _corpus(store, least, negotiation)
        found = _lives(corpus, matter) if matter is not None else life_cycles(corpus)
    # Who asks for one matter wants its life, however little is known of it.
    _show(found, _Way(**{**way, "weak": way["weak"] or matter is not None}), corpus)


@click.command()
@click.option("--issues", "by_issue", is_flag=True, help="Count shared issues instead of shared matters.")
@negotiation_option
@_min_confidence
@_weak
@_shared
def blocs(by_issue: bool, least: float, negotiation: str | None, store: str, **way: Any) -> None:
    """Who is close to whom: on how many matters two parties agree or conflict, and which blocs that makes.

    Counts go by move and by sentence: a story reprinted five times counts once. For Gephi and others, -f gexf or
    graphml.

    \b
    Examples:
      kgraph blocs
      kgraph blocs -f gexf -o blocs.gexf
    """
    chosen = _Way(**way, formats=(*FORMATS, "graphml", "gexf"))
    form = chosen.chosen()
    with working(_AT_WORK):
        corpus = _corpus(store, least, negotiation)
        found = find_blocs(corpus, by_issue)
    if form in ("graphml", "gexf"):
        write(write_network(network(found), form), chosen.output)
        return
    _say_communities(found.communities, None if chosen.full else _MOST_COMMUNITIES)
    _show(found.findings, chosen, corpus)


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
@click.option("--rdf", is_flag=True, help="Write the findings as RDF (Turtle); the same as -f ttl.")
@click.option("--full", is_flag=True, help="In text output, show all sentences of a finding, not just the first four.")
@click.option("--limit", type=COUNT, metavar="N", help="Show only the first N changes.")
@output_option("the answer")
@negotiation_option
def diff(old: str, new: str, negotiation: str | None, **way: Any) -> None:
    """What changed between two builds: first what moved, then what is new or gone among stances, conditions,
    contradictions, statements.

    OLD and NEW are builds' folders (or servers' URLs). Exit 1 when something changed.

    \b
    Examples:
      cp -r exports before; kgraph build articles; kgraph diff before exports
      kgraph diff before exports -f patch -o changes.rdfp
    """
    chosen = _Way(**way, formats=(*FORMATS, "patch"))
    form = chosen.chosen()
    if negotiation and form == "patch":
        raise click.UsageError("a patch is of the whole graph: leave out --negotiation, or choose another format")
    for place in (old, new):
        if "://" not in place and not Path(place).exists():
            raise click.UsageError(f"{place}: no such folder; give the folders of two builds")
    with working("comparing the builds"):
        after = _corpus(new, negotiation=negotiation)
        before = _before(old, negotiation) if negotiation else _corpus(old)
        found = changes(before, after)
    if form == "patch":
        write(patch(before.graph.store, after.graph.store), chosen.output)
    else:
        _show(found, chosen, before, after)
    sys.exit(1 if found else 0)
