"""distill: what the program learns from what was read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kgraph.cli.common import output_option, stream
from kgraph.cli.failures import shown
from kgraph.cli.llm import ModelOptions, answers_folder_option, in_its_language, model_name_option


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
    from kgraph.model.document import ENGLISH
    from kgraph.sources.documents import read_documents

    answers = Answers(llm_answers, ModelOptions.kept(llm_model).of_model(llm_answers).model)
    texts = records = left_out = 0
    with stream(output) as out:
        for document in map(in_its_language, read_documents(sources)):
            if document.language_code != ENGLISH:
                _say(f"{shown(document.source)}: left out, the trained reader reads English alone")
                continue
            found = distil(document, answers)
            if found is None:
                _say(f"{shown(document.source)}: left out, no whole answer of {answers.model} is kept in {llm_answers}")
                continue
            texts, records, left_out = texts + 1, records + found.records, left_out + found.left_out
            out.write(f"{json.dumps(found.entry, ensure_ascii=False)}\n".encode())
    _say(f"{texts} texts with {records} records; {left_out} sentences left out, in which something did not hold")
    if not texts:
        sys.exit(2)


def _say(words: str) -> None:
    click.echo(f"kgraph: {words}", err=True)
