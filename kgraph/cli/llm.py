"""The options of commands that read documents with a language model: where it is, and how it is asked.

What they ask for is done in ``llm_answers``, which loads the libraries of the reader.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

import click

from kgraph.build.reading import uncalibrated_readers
from kgraph.cli.common import Whole, echo
from kgraph.extract.confidence import UNCALIBRATED
from kgraph.extract.llm.settings import ANY_MODEL, SETTINGS_FILE, LlmSettings, read_settings
from kgraph.extract.registry import Settings
from kgraph.model.document import Document

LLM = "llm"


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
        given = {"url": self.llm_url, "model": self.llm_model, "parallel": self.parallel, "budget": self.budget}
        found: dict[str, Any] = {
            "model": ANY_MODEL,
            **read_settings(Path(SETTINGS_FILE)),
            **{name: value for name, value in given.items() if value is not None},
        }
        return LlmSettings(answers=answers, **found)

    def say_uncalibrated(self, readers: tuple[str, ...] | None, knowledge: Path | None) -> None:
        """Tell whose confidence means nothing yet."""
        if LLM not in (readers or ()):
            return
        for name in uncalibrated_readers(readers or (), knowledge):
            echo(
                f"kgraph: {name} is not calibrated (see kgraph calibrate): what it reads alone has the confidence "
                f"{UNCALIBRATED}",
                err=True,
            )

    def preparation(self, settings: Settings) -> Callable[[list[Document]], None] | None:
        """What is to be done before documents are read: their answers are received, or the model is asked."""
        if LLM not in settings:
            return None
        of_model = cast(LlmSettings, settings[LLM])

        def prepare(documents: list[Document]) -> None:
            from kgraph.cli.llm_answers import ask, receive, say_missing

            if self.answers_file is not None:
                receive(self.answers_file, documents, of_model)
            elif not self.llm_offline:
                ask(documents, of_model, self.yes)
            say_missing(documents, of_model)

        return prepare

    def write_requests(self, sources: tuple[str, ...], answers: Path, path: Path | None) -> None:
        """Write what there is to ask about documents as a batch file, or print it to be read where there is no file."""
        from kgraph.cli.llm_answers import write_requests

        write_requests(sources, self.of_model(answers), path)


model_name_option = click.option("--llm-model", metavar="NAME", help="Name of the language model at the service.")
answers_folder_option = click.option(
    "--llm-answers",
    type=click.Path(path_type=Path, file_okay=False),
    default="exports/answers",
    show_default=True,
    metavar="FOLDER",
    help="Folder where the answers of the language model are kept.",
)
_OPTIONS = (
    click.option(
        "--llm-url", metavar="URL", help="Address of the language model: any service that speaks the OpenAI protocol."
    ),
    model_name_option,
    click.option(
        "--llm-offline", is_flag=True, help="Do not contact the service; use the answers kept from earlier runs."
    ),
    click.option(
        "--answers",
        "answers_file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="Read the answers of a batch file (see extract --requests), and keep them.",
    ),
    click.option("--parallel", type=Whole(1, 512), metavar="N", help="Send up to N requests at once (4)."),
    click.option("--budget", type=Whole(1), metavar="TOKENS", help="Use at most this many tokens in all."),
    click.option("--yes", is_flag=True, help="Do not ask for consent before using the language model."),
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
