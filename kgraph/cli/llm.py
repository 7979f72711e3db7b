"""The options of commands that read documents with a language model: where it is, and how it is asked."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kgraph.cli.common import progress, write

if TYPE_CHECKING:
    from kgraph.extract.llm.asking import Estimate, Outcome
    from kgraph.extract.llm.settings import LlmSettings
    from kgraph.extract.registry import Settings
    from kgraph.model.document import Document

LLM = "llm"
_NAMED = 3


@dataclass(frozen=True)
class ModelOptions:
    """What the command line says of the language model."""

    llm_url: str | None
    llm_model: str | None
    llm_offline: bool
    answers_file: Path | None
    parallel: int | None
    budget: int | None
    yes: bool

    def readers(self, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The readers by name: those that were named, else the language model alone where answers are given for it."""
        return (LLM,) if names is None and self.answers_file is not None else names

    @classmethod
    def kept(cls, model: str | None) -> ModelOptions:
        """Options that ask no service: the answers that are kept of a model."""
        return cls(
            llm_url=None,
            llm_model=model,
            llm_offline=True,
            answers_file=None,
            parallel=None,
            budget=None,
            yes=False,
        )

    def settings(self, readers: tuple[str, ...] | None, answers: Path) -> Settings:
        """What the readers are set to, with the folder in which the model's answers are kept."""
        return {LLM: self.of_model(answers)} if LLM in (readers or ()) else {}

    def of_model(self, answers: Path) -> LlmSettings:
        """The settings of the language model: what the command line says goes before the settings file."""
        from kgraph.extract.llm.settings import ANY_MODEL, SETTINGS_FILE, LlmSettings, read_settings

        given = {"url": self.llm_url, "model": self.llm_model, "parallel": self.parallel, "budget": self.budget}
        found: dict[str, Any] = {
            "model": ANY_MODEL,
            **read_settings(Path(SETTINGS_FILE)),
            **{name: value for name, value in given.items() if value is not None},
        }
        return LlmSettings(answers=answers, **found)

    def preparation(self, settings: Settings) -> Callable[[list[Document]], None] | None:
        """What is to be done before documents are read: their answers are received, or the model is asked."""
        if LLM not in settings:
            return None
        of_model = cast("LlmSettings", settings[LLM])

        def prepare(documents: list[Document]) -> None:
            if self.answers_file is not None:
                _receive(self.answers_file, documents, of_model)
            elif not self.llm_offline:
                _ask(documents, of_model, self.yes)
            _say_missing(documents, of_model)

        return prepare

    def say_uncalibrated(self, readers: tuple[str, ...] | None, knowledge: Path | None) -> None:
        """Tell whose confidence means nothing yet."""
        if LLM not in (readers or ()):
            return
        from kgraph.build.reading import uncalibrated_readers
        from kgraph.extract.confidence import UNCALIBRATED

        for name in uncalibrated_readers(readers or (), knowledge):
            click.echo(
                f"kgraph: {name} is not calibrated (see kgraph calibrate): what it reads alone has the confidence "
                f"{UNCALIBRATED}",
                err=True,
            )

    def write_requests(self, sources: tuple[str, ...], answers: Path, path: Path | None) -> None:
        """Write what there is to ask about documents as a batch file, or print it to be read where there is no file."""
        from kgraph.extract.llm.answers import Answers
        from kgraph.extract.llm.asking import estimate, to_ask
        from kgraph.extract.llm.batch import request_lines
        from kgraph.sources.documents import read_documents

        settings = self.of_model(answers)
        documents = (in_its_language(document) for document in read_documents(sources))
        requests = to_ask(documents, Answers(answers, settings.model))
        if path is None:
            text = "\n".join(f"[{m['role']}]\n{m['content']}\n" for request in requests for m in request.messages)
            write(text.encode(), "-")
        else:
            write(b"".join(request_lines(requests, settings.model)), str(path))
        expected = estimate(requests)
        click.echo(
            f"{expected.requests} requests: about {expected.tokens_in:,} tokens in and {expected.tokens_out:,} out",
            err=True,
        )


model_name_option = click.option("--llm-model", metavar="NAME", help="What the service calls the language model.")
answers_folder_option = click.option(
    "--llm-answers",
    type=click.Path(path_type=Path, file_okay=False),
    default="exports/answers",
    show_default=True,
    metavar="FOLDER",
    help="Where the answers of the language model are kept.",
)
_OPTIONS = (
    click.option("--llm-url", metavar="URL", help="Where the language model is: any service of the OpenAI protocol."),
    model_name_option,
    click.option("--llm-offline", is_flag=True, help="Ask no service; read the answers that are kept."),
    click.option(
        "--answers",
        "answers_file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="Read the answers of a batch file (see extract --requests), and keep them.",
    ),
    click.option("--parallel", type=click.IntRange(1), metavar="N", help="Ask N requests at once (4)."),
    click.option(
        "--budget", type=click.IntRange(1), metavar="TOKENS", help="Ask for no more than so many tokens in all."
    ),
    click.option("--yes", is_flag=True, help="Ask the language model without asking you first."),
)


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the language model, handed on as one argument ``model``."""

    @functools.wraps(command)
    def with_model(**given: Any) -> Any:
        said = ModelOptions(**{field.name: given.pop(field.name) for field in fields(ModelOptions)})
        return command(model=said, **given)

    wrapped: Callable[..., Any] = with_model
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _receive(path: Path, documents: list[Document], settings: LlmSettings) -> None:
    from kgraph.extract.llm.answers import Answers
    from kgraph.extract.llm.asking import to_ask
    from kgraph.extract.llm.batch import receive

    answers = Answers(settings.answers, settings.model)
    received = receive(path, to_ask(documents, answers), answers)
    click.echo(f"{received.kept} answers of {path} are kept in {settings.answers}", err=True)
    for name, reason in received.failed.items():
        click.echo(f"kgraph: {path}: {name}: no answer: {reason}", err=True)
    if received.unknown:
        click.echo(
            f"kgraph: {path}: {len(received.unknown)} answers are to nothing that is open here "
            f"({_some(received.unknown)}): they are kept already, or were given to other texts or to another version "
            "of the request",
            err=True,
        )


def _ask(documents: list[Document], settings: LlmSettings, sure: bool) -> None:
    from kgraph.extract.llm.answers import Answers
    from kgraph.extract.llm.asking import ask, estimate, to_ask
    from kgraph.extract.llm.client import Client

    answers = Answers(settings.answers, settings.model)
    requests = to_ask(documents, answers)
    if not requests:
        return
    with Client(settings) as client, progress("asking", len(requests), "requests") as advance:
        _confirm(estimate(requests), settings, sure)
        outcome = ask(requests, answers, client, settings.parallel, settings.budget, advance)
    _say(outcome, settings)
    if outcome.stopped:
        raise KeyboardInterrupt


def _confirm(expected: Estimate, settings: LlmSettings, sure: bool) -> None:
    click.echo(
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
    click.echo(f"{outcome.answered} answers, {outcome.tokens:,} tokens; they are kept in {settings.answers}", err=True)
    for name, reason in outcome.failed.items():
        click.echo(f"kgraph: {name}: not answered: {reason}", err=True)
    if outcome.unasked:
        click.echo(f"kgraph: {outcome.unasked} requests were not asked; run it again to go on", err=True)


def _say_missing(documents: list[Document], settings: LlmSettings) -> None:
    from kgraph.extract.llm.answers import Answers
    from kgraph.extract.llm.asking import unanswered

    missing = unanswered(documents, Answers(settings.answers, settings.model))
    if missing:
        click.echo(
            f"kgraph: no answer of {settings.model} is kept in {settings.answers} for {len(missing)} of "
            f"{len(documents)} documents ({_some(missing)}): the reader llm has read nothing, or not all, of them",
            err=True,
        )


def refuse_unanswered(documents: list[Document], settings: Settings) -> None:
    """Stop where the language model has not answered everything about these documents, and is to be one reader."""
    if LLM not in settings:
        return
    from kgraph.extract.llm.answers import Answers
    from kgraph.extract.llm.asking import unanswered

    of_model = cast("LlmSettings", settings[LLM])
    missing = unanswered(documents, Answers(of_model.answers, of_model.model))
    if missing:
        raise click.UsageError(
            f"no whole answer of {of_model.model} is kept in {of_model.answers} for {len(missing)} of "
            f"{len(documents)} documents ({_some(missing)}); ask first: kgraph extract SOURCE --reader llm"
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def in_its_language(document: Document) -> Document:
    """A document with its language where that is surely not English."""
    from kgraph.build.reading import in_its_language

    return in_its_language(document, ())[0]
