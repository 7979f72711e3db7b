"""build and extract."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from kgraph.build.pipeline import Built
from kgraph.build.pipeline import build as run_build
from kgraph.build.reading import engine_for, extract_resolved
from kgraph.build.report import Report
from kgraph.cli.common import NATURAL, echo, links_option, output_option, progress, server_address, stream
from kgraph.cli.llm import ModelOptions, answers_folder_option, model_options
from kgraph.cli.reading import (
    dask_option,
    jobs_option,
    knowledge_option,
    min_confidence_option,
    reader_list,
    reader_option,
    say_left_out,
    strict_option,
    telling_what_stands,
)
from kgraph.extract.llm.settings import ANSWERS_FOLDER
from kgraph.extract.registry import DEFAULT_READERS
from kgraph.model.record import abstention_record, record
from kgraph.model.selection import MOST_SHOWN
from kgraph.model.wording import count
from kgraph.sources.report import SourceReport

_MOST_NAMED = 20


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "-o",
    "--output",
    default="exports",
    show_default=True,
    metavar="FOLDER",
    help="Folder for the store, the graph and the pages.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove documents from the graph that are not among the sources (those of unreadable files stay).",
)
@click.option(
    "--rebuild",
    "anew",
    is_flag=True,
    help="Build even if the build in FOLDER cannot be read: what is there is set aside, and what can be read is kept.",
)
@click.option(
    "--store",
    "server",
    metavar="URL",
    callback=server_address,
    help="SPARQL server that holds the graph, instead of FOLDER/store.",
)
@reader_option
@model_options
@min_confidence_option
@strict_option
@links_option
@knowledge_option
@click.option(
    "--page-limit",
    type=NATURAL,
    metavar="N",
    help=f"Show only the N most certain statements on the network and timeline pages; 0: all.  [default: {MOST_SHOWN}]",
)
@click.option(
    "--title",
    metavar="WORDS",
    help='Title of the pages from now on; "" names them after their negotiations.',
)
@jobs_option
@dask_option
def build(
    sources: tuple[str, ...],
    output: str,
    prune: bool,
    anew: bool,
    server: str | None,
    readers: str | None,
    min_confidence: float,
    strict: bool,
    follow_links: bool,
    knowledge: Path | None,
    jobs: int,
    dask: str | None,
    page_limit: int | None,
    title: str | None,
    model: ModelOptions,
) -> None:
    """Read documents into a graph, and write store, graph.ttl and the pages (network, timeline, analysis).

    SOURCE is a file, a folder, a quoted glob or - (standard input); without one, the folder seeds. `kgraph sources`
    shows what would be read from them, and how. A file that cannot be read is named and left out, unless --strict is
    given. Unchanged documents are not read again; those in the graph that SOURCE no longer has stay, unless
    --prune is given.

    \b
    Examples:
      kgraph build seeds -o exports
      kgraph build "articles/2025-*/*.txt" notes.md
      kgraph build articles --prune
      kgraph build articles --reader llm --llm-url URL --llm-model NAME
      kgraph build articles --store fuseki+http://localhost:3030/talks
    """
    if not output.strip():
        raise click.UsageError("-o needs the name of a folder")
    if not sources and not Path("seeds").exists():
        raise click.UsageError("say what to read: a file, a folder or a quoted glob (kgraph build articles)")

    using = model.readers(reader_list(readers))
    settings = model.settings(using, Path(output) / ANSWERS_FOLDER)
    model.say_uncalibrated(using, knowledge)
    with telling_what_stands(Path(output)), progress() as tell:
        built = run_build(
            sources or ("seeds",),
            output,
            knowledge,
            tell,
            jobs,
            prune=prune,
            server=server,
            strict=strict,
            follow_links=follow_links,
            anew=anew,
            readers=using,
            min_confidence=min_confidence,
            settings=settings,
            prepare=model.preparation(settings),
            dask=dask,
            page_limit=page_limit,
            title=title,
        )
    say(built, prune)


def say(built: Built, pruned: bool = False) -> None:
    """Tell what a build did on standard error, and where its outputs are on standard output."""
    result = built.report
    for line in _of_the_build_before(result):
        echo(line, err=True)
    say_left_out(result.sources)
    for source, language in result.refused.items():
        _warn(source, language)
    for line in (*_of_documents(result), *_of_the_graph(result, pruned), *_in_numbers(result)):
        echo(line, err=True)
    for name, path in built.outputs.items():
        on_server = name == "store" and built.location != str(built.folder)
        echo(f"{name:9}{built.location if on_server else path}")


def _of_the_build_before(result: Report) -> Iterator[str]:
    if result.damage:
        yield f"{result.damage}; it was built anew"
    for path in result.aside:
        yield f"what was there before is kept in {path}; remove it when you do not need it"


def _of_documents(result: Report) -> Iterator[str]:
    """What became of single documents and judgements."""
    for copy, original in result.reprints.items():
        yield f"{copy} is a reprint of {original}; they count as one source"
    for earlier, later in islice(result.replaced.items(), _MOST_NAMED):
        yield f"{earlier} is an earlier version of {later}, which replaces it"
    more = len(result.replaced) - _MOST_NAMED
    if more > 0:
        yield f"{more} more earlier {'version is' if more == 1 else 'versions are'} replaced"
    for ident, before in result.moved.items():
        yield f"{ident} was read from {before} before; it is now what its new file says"
    for judgement in result.stale:
        yield f"the judgement {judgement.id} ({judgement.verdict}) applies to nothing that was read this time"


# Why documents stay that the sources do not have: after --prune, and without; of one, and of several.
_STAYING = {
    (True, True): "{} of files that cannot be read stays as it was ({})",
    (True, False): "{} of files that cannot be read stay as they were ({})",
    (False, True): "{} of the graph is not among the sources and stays ({}); --prune takes it out",
    (False, False): "{} of the graph are not among the sources and stay ({}); --prune takes them out",
}


def _of_the_graph(result: Report, pruned: bool) -> Iterator[str]:
    """Which documents it has beside those that were read, and which no longer."""
    kept = len(result.kept)
    if kept:
        yield _STAYING[pruned, kept == 1].format(count(kept, "document"), _some(result.kept))
    if result.removed:
        yield f"{count(len(result.removed), 'document')} taken out of the graph ({_some(result.removed)})"


def _in_numbers(result: Report) -> Iterator[str]:
    left_out = f", {len(result.sources.skipped)} left out" if result.sources.skipped else ""
    yield (
        f"{count(result.documents, 'document')}: {result.read} read, {result.reused} unchanged and not read again"
        f"{left_out}; {count(result.written, 'graph')} written"
    )
    if result.on_pages < result.statements:
        yield (
            f"the pages network and timeline show the {result.on_pages:,} most certain statements (--page-limit N: so "
            "many, 0: all); analyses, graph and exports have all"
        )
    yield (
        f"{count(result.statements, 'statement')} about {count(result.entities, 'thing')} ({result.undated:,} undated, "
        f"{count(result.abstentions, 'clause')} left undecided); {count(result.quads, 'quad')}"
    )


def _some(idents: tuple[str, ...]) -> str:
    return ", ".join(idents[:3]) + (", …" if len(idents) > 3 else "")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@output_option("the records")
@click.option(
    "--abstained", is_flag=True, help="List the clauses that suggest a relation but were left undecided, and why."
)
@reader_option
@model_options
@click.option(
    "--requests",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the requests to a language model as a batch file, and read nothing.",
)
@click.option("--show-request", is_flag=True, help="Print the requests to a language model, and read nothing.")
@answers_folder_option
@min_confidence_option
@strict_option
@links_option
@knowledge_option
@jobs_option
@dask_option
def extract(
    sources: tuple[str, ...],
    output: str,
    abstained: bool,
    readers: str | None,
    min_confidence: float,
    strict: bool,
    follow_links: bool,
    knowledge: Path | None,
    jobs: int,
    dask: str | None,
    requests: Path | None,
    show_request: bool,
    llm_answers: Path,
    model: ModelOptions,
) -> None:
    """Print the statements of documents as JSON Lines; nothing is stored.

    \b
    Examples:
      kgraph extract article.txt
      kgraph extract seeds --abstained
      curl … | kgraph extract - -o statements.jsonl
      kgraph extract articles --requests batch.jsonl
      kgraph extract articles --answers batch-output.jsonl
    """
    if requests is not None or show_request:
        model.write_requests(sources, llm_answers, requests)
        return
    report, count = SourceReport(), 0
    using = model.readers(reader_list(readers)) or DEFAULT_READERS
    settings = model.settings(using, llm_answers)
    model.say_uncalibrated(using, knowledge)
    with progress() as tell, stream(output) as out:
        for extraction in extract_resolved(
            sources,
            knowledge,
            tell,
            engine_for(jobs, dask),
            _warn,
            None if strict else report,
            follow_links,
            using,
            min_confidence,
            settings,
            model.preparation(settings),
        ):
            count += 1
            if abstained:
                found = [abstention_record(a) for a in extraction.abstentions]
            else:
                found = [record(s) for s in extraction.statements]
            out.write("".join(_json_line(r) for r in found).encode())
    say_left_out(report)
    if report.skipped and not count:
        sys.exit(2)


# Characters besides the line feed at which some tools end a line; they can stand in a quotation.
_LINE_ENDS = str.maketrans({character: f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"})


def _json_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def _warn(source: str, language: str) -> None:
    echo(
        f"kgraph: {source}: not read, it is not English (looks like {language!r}); a language model reads it: "
        "--reader llm, see docs/llm.md",
        err=True,
    )
