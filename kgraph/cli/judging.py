"""judge: merge, keep apart, tell different, move and rename, accept, reject, correct; list and undo."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from kgraph.build.judge import record
from kgraph.build.pipeline import rebuild
from kgraph.cli.building import say
from kgraph.cli.common import echo, print_table, server_address, working
from kgraph.cli.failures import described
from kgraph.errors import KGraphError
from kgraph.link.judgements import JUDGEMENTS, Judgement, active, read_log
from kgraph.namespaces import iri
from kgraph.rdf.lookup import near_links
from kgraph.rdf.mapping import Columns
from kgraph.rdf.store import open_store


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--why", required=True, metavar="TEXT", help="The reason, kept with the judgement."),
        click.option("--by", "who", metavar="NAME", help="Who decides; default: the current user."),
        click.option(
            "-o", "--output", default="exports", show_default=True, metavar="FOLDER", help="The build's folder."
        ),
        click.option(
            "--store",
            "server",
            metavar="URL",
            callback=server_address,
            help="The SPARQL server that holds the build's graph, if one does.",
        ),
    ):
        command = option(command)
    return command


def _run(verdict: str, target: str, *, output: str, server: str | None, **more: Any) -> None:
    _apply([_record(verdict, target, output=output, server=server, **more)], output, server)


def _record(
    verdict: str, target: str, *, why: str, who: str | None, output: str, server: str | None, **more: Any
) -> Judgement:
    given = Judgement(verdict=verdict, target=target, who=who or "", when="", why=why, **more)
    return record(output, given, server)


def _apply(recorded: Sequence[Judgement], output: str, server: str | None) -> None:
    """Build again with what was recorded, which stands also where that comes to nothing."""
    told = [_as_line(judgement) for judgement in recorded]
    try:
        with working("applying the judgement" if len(told) == 1 else f"applying {len(told)} judgements"):
            built = rebuild(Path(output), server=server)
    except (KeyboardInterrupt, click.Abort, KGraphError) as error:
        stands = "the judgement stands" if len(told) == 1 else "the judgements stand"
        applies = "it" if len(told) == 1 else "them"
        reason = described(error) or "stopped"
        echo(f"kgraph: {reason}; {stands}, and the next build applies {applies}", err=True)
        echo("\n".join(told), err=True)
        sys.exit(2)
    echo("\n".join(told), err=True)
    say(built)


def _as_line(judgement: Judgement) -> str:
    undoing = "" if judgement.verdict == "undo" else f"; undo with `kgraph judge undo {judgement.id} --why …`"
    return f"{judgement.id}: {judgement.verdict} {judgement.target}{undoing}"


_to_option = click.option(
    "--to",
    "negotiation",
    required=True,
    metavar="NAME",
    help="Name of the negotiation; a name that none has yet makes a new one.",
)


@click.group(invoke_without_command=True)
@click.option("--suggest", is_flag=True, help="Go through the pairs that may be one, most alike first.")
@click.option("-o", "--output", default="exports", show_default=True, metavar="FOLDER", help="The build's folder.")
@click.pass_context
def judge(context: click.Context, suggest: bool, output: str) -> None:
    """Decide about entities, negotiations and statements: merge, keep apart, move, accept, reject; list and undo.

    A judgement is kept with who, when and why in FOLDER/judgements.jsonl, holds for all later builds, and can be
    undone. Things are named by any of their names, or by their IRI (kg:plan/…); statements by IRI or the digest it
    ends in.

    \b
    Examples:
      kgraph judge merge "Minsk deal" "Minsk agreement" --why "one text"
      kgraph judge keep-apart Georgia "Georgian governor" --why "the US state"
      kgraph judge different "peace plan" "road map" --why "two mediators"
      kgraph judge move reuters-0412 --to "Lima fishing talks" --why "its matter"
      kgraph judge add weekly-07 --to "Lima fishing talks" --why "a round-up"
      kgraph judge rename "Fisheries: Peru, 2031" "Lima talks" --why "our name"
      kgraph judge reject 3f2a91c0 --why "the paper quotes a novel"
      kgraph judge correct 3f2a91c0 --set modality=planned --why "next week"
      kgraph judge --suggest
      kgraph judge list
      kgraph judge undo 8c01d2 --why "the desk disagrees"
    """
    if context.invoked_subcommand is None:
        if not suggest:
            raise click.UsageError("say what to do: a command, or --suggest; see `kgraph judge --help`")
        _suggest(output)


def _suggest(output: str) -> None:
    """Ask about each pair that may be one, and record that it is or that it is not; without a terminal, list them."""
    store = open_store(output)
    columns = Columns(store, whole=False)

    def told(entity: str) -> str:
        documents = columns.subjects(iri("neg:mentions"), entity)
        names = [columns.first(document, iri("dcterms:identifier")) or document for document in documents]
        return f"{columns.first(entity, iri('skos:prefLabel'))} ({', '.join(names)})"

    pairs = [(one, other, [f"{score:.2f}", told(one), told(other)]) for one, other, score in near_links(store)]
    if not sys.stdin.isatty():
        print_table(["likeness", "one", "other"], [row for _, _, row in pairs], empty="nothing is undecided")
        return
    recorded = []
    for one, other, (likeness, first, second) in pairs:
        echo(f"{likeness}  {first}\n      {second}")
        answer = click.prompt("one thing?", type=click.Choice(("yes", "no", "skip", "quit")), default="skip")
        if answer == "quit":
            break
        if answer != "skip":
            verdict = "merge" if answer == "yes" else "different"
            why = click.prompt("why")
            recorded.append(_record(verdict, one, others=(other,), why=why, who=None, output=output, server=None))
    # The graph is built once, when all is said: what a pair names stays what it was when the list was made.
    if recorded:
        _apply(recorded, output, None)


@judge.command()
@click.argument("keep")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@_options
def merge(keep: str, others: tuple[str, ...], **options: Any) -> None:
    """Say that things, or negotiations, are one: KEEP stays, and takes over what is said about each OTHER."""
    _run("merge", keep, others=others, **options)


@judge.command()
@click.argument("entity")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@_options
def different(entity: str, others: tuple[str, ...], **options: Any) -> None:
    """Say that ENTITY and each OTHER are not one thing, however alike they are named."""
    _run("different", entity, others=others, **options)


@judge.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@_to_option
@_options
def move(documents: tuple[str, ...], negotiation: str, **options: Any) -> None:
    """Say which negotiation each DOCUMENT (by its id) belongs to, and to no other."""
    _run("move", negotiation, others=documents, **options)


@judge.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@_to_option
@_options
def add(documents: tuple[str, ...], negotiation: str, **options: Any) -> None:
    """Say that each DOCUMENT (by its id) belongs to another negotiation as well, with what it tells of that one."""
    _run("add", negotiation, others=documents, **options)


@judge.command()
@click.argument("negotiation")
@click.argument("name")
@_options
def rename(negotiation: str, name: str, **options: Any) -> None:
    """Give a NEGOTIATION another NAME."""
    _run("rename", negotiation, changes={"name": name.strip()}, **options)


@judge.command("keep-apart")
@click.argument("entity")
@click.argument("wordings", nargs=-1, required=True, metavar="WORDING...")
@click.option("--document", metavar="ID", help="In this document only.")
@_options
def keep_apart(entity: str, wordings: tuple[str, ...], document: str | None, **options: Any) -> None:
    """Say that a WORDING does not mean ENTITY but something of its own."""
    _run("keep-apart", entity, others=wordings, document=document, **options)


@judge.command()
@click.argument("statement")
@_options
def accept(statement: str, **options: Any) -> None:
    """Vouch for a statement."""
    _run("accept", statement, **options)


@judge.command()
@click.argument("statement")
@_options
def reject(statement: str, **options: Any) -> None:
    """Take a statement out of the graph."""
    _run("reject", statement, **options)


@judge.command()
@click.argument("statement")
@click.option(
    "--set",
    "pairs",
    multiple=True,
    required=True,
    metavar="FIELD=VALUE",
    help="relation, polarity, modality, date (EDTF, empty for unknown), actor, object or condition (a name).",
)
@_options
def correct(statement: str, pairs: tuple[str, ...], **options: Any) -> None:
    """Change what a statement says; the words that it was read from stay the same."""
    changes = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--set {pair!r} is not FIELD=VALUE")
        changes[name.strip()] = value.strip()
    _run("correct", statement, changes=changes, **options)


@judge.command()
@click.argument("judgement")
@_options
def undo(judgement: str, **options: Any) -> None:
    """Take a judgement back; the graph is then as if it had never been made. It stays in the log."""
    _run("undo", judgement, **options)


@judge.command("list")
@click.option("--all", "everything", is_flag=True, help="Include judgements that were undone, and what undid them.")
@click.option("-o", "--output", default="exports", show_default=True, metavar="FOLDER", help="The build's folder.")
def list_judgements(everything: bool, output: str) -> None:
    """List the judgements in force."""
    log = read_log(Path(output) / JUDGEMENTS)
    rows = [
        [
            j.id,
            j.when,
            j.who,
            j.verdict,
            j.target,
            "; ".join([*j.others, *(f"{k}={v}" for k, v in j.changes.items())]),
            j.why,
        ]
        for j in (log if everything else active(log))
    ]
    print_table(["id", "when", "who", "verdict", "target", "what", "why"], rows, empty="no judgements")
