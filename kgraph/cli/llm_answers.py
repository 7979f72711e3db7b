"""Answers of a language model: asked for, received from a batch file, and what is missing said."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgraph.build.reading import in_its_language
from kgraph.cli.common import echo, progress, write
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.asking import Estimate, Outcome, estimate, to_ask, unanswered
from kgraph.extract.llm.asking import ask as ask_all
from kgraph.extract.llm.batch import receive as receive_batch
from kgraph.extract.llm.batch import request_lines
from kgraph.extract.llm.client import Client
from kgraph.extract.llm.settings import LlmSettings
from kgraph.model.document import Document
from kgraph.sources.documents import read_documents

_NAMED = 3


def write_requests(sources: tuple[str, ...], settings: LlmSettings, path: Path | None) -> None:
    """Write what there is to ask about documents as a batch file, or print it to be read where there is no file."""
    documents = (in_its_language(document, tuple)[0] for document in read_documents(sources))
    requests = to_ask(documents, Answers(settings.answers, settings.model))
    if path is None:
        text = "\n".join(f"[{m['role']}]\n{m['content']}\n" for request in requests for m in request.messages)
        write(text.encode(), "-")
    else:
        write(b"".join(request_lines(requests, settings.model)), str(path))
    expected = estimate(requests)
    echo(
        f"{expected.requests} requests: about {expected.tokens_in:,} tokens in and {expected.tokens_out:,} out",
        err=True,
    )


def receive(path: Path, documents: list[Document], settings: LlmSettings) -> None:
    """Keep the answers of a batch file, and say which there were."""
    answers = Answers(settings.answers, settings.model)
    received = receive_batch(path, to_ask(documents, answers), answers)
    echo(f"{received.kept} answers of {path} are kept in {settings.answers}", err=True)
    for name, reason in received.failed.items():
        echo(f"kgraph: {path}: {name}: no answer: {reason}", err=True)
    if received.unknown:
        echo(
            f"kgraph: {path}: {len(received.unknown)} answers are to nothing that is open here "
            f"({_some(received.unknown)}): they are kept already, or were given to other texts or to another version "
            "of the request",
            err=True,
        )


def ask(documents: list[Document], settings: LlmSettings, sure: bool) -> None:
    """Ask the model for what no answer is kept of; raises UsageError where that is not agreed to, KeyboardInterrupt
    where it was stopped.
    """
    answers = Answers(settings.answers, settings.model)
    requests = to_ask(documents, answers)
    if not requests:
        return
    with Client(settings) as client, progress() as tell:
        _confirm(estimate(requests), settings, sure)
        outcome = ask_all(requests, answers, client, settings.parallel, settings.budget, tell)
    _say(outcome, settings)
    if outcome.stopped:
        raise KeyboardInterrupt


def _confirm(expected: Estimate, settings: LlmSettings, sure: bool) -> None:
    echo(
        f"{expected.requests} requests to {settings.model} at {settings.url or 'the hosted service'}: about "
        f"{expected.tokens_in:,} tokens in and {expected.tokens_out:,} out",
        err=True,
    )
    if settings.budget is not None and expected.tokens > settings.budget:
        raise click.UsageError(
            f"that is about {expected.tokens:,} tokens, more than the budget of {settings.budget:,}; "
            "raise --budget or give fewer documents"
        )
    if sure:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("add --yes to ask the language model, or --llm-offline to read what is kept alone")
    click.confirm("Ask?", abort=True, err=True)


def _say(outcome: Outcome, settings: LlmSettings) -> None:
    echo(f"{outcome.answered} answers, {outcome.tokens:,} tokens; they are kept in {settings.answers}", err=True)
    for name, reason in outcome.failed.items():
        echo(f"kgraph: {name}: not answered: {reason}", err=True)
    if outcome.unasked:
        echo(f"kgraph: {outcome.unasked} requests were not asked; run it again to go on", err=True)


def say_missing(documents: list[Document], settings: LlmSettings) -> None:
    """Tell which documents no answer is kept of."""
    missing = unanswered(documents, Answers(settings.answers, settings.model))
    if missing:
        echo(
            f"kgraph: no answer of {settings.model} is kept in {settings.answers} for {len(missing)} of "
            f"{len(documents)} documents ({_some(missing)}): the reader llm has read nothing, or not all, of them",
            err=True,
        )


def refuse_unanswered(documents: list[Document], settings: LlmSettings) -> None:
    """Stop where the language model has not answered everything about these documents."""
    missing = unanswered(documents, Answers(settings.answers, settings.model))
    if missing:
        raise click.UsageError(
            f"no complete answer of {settings.model} is kept in {settings.answers} for {len(missing)} of "
            f"{len(documents)} documents ({_some(missing)}); ask first: kgraph extract SOURCE --reader llm"
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
