"""calibrate and distill: what the program learns from texts that were read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import cast

import click

from kgraph.build.reading import in_its_language
from kgraph.cli.common import echo, output_option, print_table, stream
from kgraph.cli.llm import (
    LLM,
    ModelOptions,
    answers_folder_option,
    model_name_option,
)
from kgraph.cli.reading import knowledge_option, reader_list, reader_option
from kgraph.extract.llm.settings import LlmSettings
from kgraph.extract.registry import DEFAULT_READERS
from kgraph.extract.registry import readers as registered
from kgraph.files import write_file
from kgraph.knowledge import CONFIDENCE_FILE
from kgraph.model.document import ENGLISH
from kgraph.model.wording import count
from kgraph.sources.documents import read_documents


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="GOLD")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="knowledge",
    show_default=True,
    metavar="FOLDER",
    help="Where confidence.json goes: the folder that a build is given with --knowledge.",
)
@reader_option
@answers_folder_option
@model_name_option
@knowledge_option
def calibrate(
    gold: Path, output: Path, readers: str | None, llm_answers: Path, llm_model: str | None, knowledge: Path | None
) -> None:
    """Fit the confidence of statements (how often such statements are right) to annotated texts.

    GOLD is a folder with texts/ and gold.jsonl: what `kgraph extract` prints of them, corrected by hand. Nothing is
    asked of a language model; its answers about these texts must be kept. Printed is how well the confidence holds for
    documents that it was not fitted to.

    \b
    Examples:
      kgraph calibrate gold --reader rules,trained,llm
      kgraph build articles --reader rules,trained,llm --knowledge knowledge
    """
    from kgraph.calibrate import calibration
    from kgraph.cli.llm_answers import refuse_unanswered

    using = reader_list(readers) or DEFAULT_READERS
    settings = ModelOptions.kept(llm_model).settings(using, llm_answers)
    documents, statements = calibration.annotated_texts(gold)
    if LLM in settings:
        refuse_unanswered(documents, cast(LlmSettings, settings[LLM]))
    found = calibration.calibrate(documents, statements, registered(using, settings), knowledge)
    rows = [
        [f"{b.low:.1f} to {b.high:.1f}", str(b.count), f"{b.mean:.2f}", f"{b.right:.2f}"] for b in found.reliability
    ]
    print_table(["confidence", "statements", "mean", "right"], rows)
    output.mkdir(parents=True, exist_ok=True)
    write_file(output / CONFIDENCE_FILE, calibration.to_json(found.fit).encode())
    _say(
        f"{count(found.statements, 'statement')} of {count(found.documents, 'document')}, {found.right} right; "
        f"{output / CONFIDENCE_FILE} is written: build with --knowledge {output}"
    )


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@output_option("the annotated texts")
@answers_folder_option
@model_name_option
def distill(sources: tuple[str, ...], output: str, llm_answers: Path, llm_model: str | None) -> None:
    """Turn what a language model read, and what held, into annotated texts that the trained reader can be fitted to.

    Only kept answers about English texts are used; nothing is asked. One text a line: its sentences and the statements
    in them. Sentences in which something did not hold are left out. The output holds the texts themselves.

    \b
    Examples:
      kgraph distill articles -o distilled.jsonl
      make train ALSO=distilled.jsonl        (in a checkout of kgraph)
    """
    from kgraph.extract.llm.answers import Answers
    from kgraph.extract.llm.distill import distil

    answers = Answers(llm_answers, ModelOptions.kept(llm_model).of_model(llm_answers).model)
    texts = records = left_out = 0
    with stream(output) as out:
        for given in read_documents(sources):
            document, _ = in_its_language(given, tuple)
            if document.language_code != ENGLISH:
                _say(f"{document.source}: left out, the trained reader reads English alone")
                continue
            found = distil(document, answers)
            if found is None:
                reason = f"no complete answer of {answers.model} is kept in {llm_answers}"
                _say(f"{document.source}: left out, {reason}")
                continue
            texts, records, left_out = texts + 1, records + found.records, left_out + found.left_out
            out.write(f"{json.dumps(found.entry, ensure_ascii=False)}\n".encode())
    made = f"{count(texts, 'text')} with {count(records, 'record')}"
    _say(f"{made}; {count(left_out, 'sentence')} left out, in which something did not hold")
    if not texts:
        sys.exit(2)


def _say(words: str) -> None:
    echo(f"kgraph: {words}", err=True)
