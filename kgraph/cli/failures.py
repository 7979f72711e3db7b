"""What can go wrong outside the program, each as one line; and what is said is safe to show on a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

import click

from kgraph.errors import KGraphError

# What a terminal would act on instead of showing it, and halves of surrogate pairs, which it cannot show.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """A text in which control characters, changes of direction and undecodable bytes stand escaped; tabs and line
    ends stay."""
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def described(error: BaseException) -> str | None:
    """An error as one line that says what is wrong; None for what can only be a mistake in the program."""
    return next((words(error) for fits, words in _CAUSES if fits(error)), None)


def usage(error: click.ClickException) -> str:
    """What was typed wrong, as one line that also names the help of the command."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.NoSuchOption) and context is not None:
        words = _no_option(error, context)
    else:
        words = shown(error.format_message()).rstrip(".")
    return words if context is None or "--help" in words else f"{words}; see `{context.command_path} --help`"


def _no_option(error: click.NoSuchOption, context: click.Context) -> str:
    """An option that a command does not have, with those that it has."""
    has = [max(one.opts, key=len) for one in context.command.get_params(context) if isinstance(one, click.Option)]
    name = shown(error.option_name)
    # All begin alike: what tells them apart is the word.
    nearest = get_close_matches(name.lstrip("-"), [one.lstrip("-") for one in has], n=1, cutoff=0.7)
    if nearest:
        return f"no option {name}; did you mean --{nearest[0]}?"
    return f"no option {name}; `{context.command_path}` takes {', '.join(has)}"


def _is_corrupt(error: BaseException) -> bool:
    return isinstance(error, (OSError, RuntimeError)) and "Corruption" in str(error)


def _of_kind(kind: type[BaseException]) -> Callable[[BaseException], bool]:
    return lambda error: isinstance(error, kind)


def _place(error: Any) -> str:
    place = shown(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else "the output"
    return f"{place}: {error.strerror or error}"


_CAUSES: tuple[tuple[Callable[[BaseException], bool], Callable[[Any], str]], ...] = (
    (_of_kind(KGraphError), lambda error: shown(str(error))),
    (
        _of_kind(UnicodeEncodeError),
        lambda error: f"{shown(str(error.object))[:200]!r} is not UTF-8; rename it, or correct the terminal's encoding",
    ),
    (_of_kind(RecursionError), lambda error: "the input is nested too deeply to be read"),
    (
        _of_kind(MemoryError),
        lambda error: "there is not enough memory; give it fewer documents at a time, or a smaller --limit",
    ),
    (
        _is_corrupt,
        lambda error: f"the store is damaged ({shown(str(error))}); repair it with `kgraph build SOURCE`",
    ),
    (_of_kind(OSError), _place),
)


def open_standard_streams() -> str | None:
    """Give each standard stream that was closed something to stand for it; gives what is wrong where nothing can be
    answered so.

    A closed descriptor would else be taken by the next file that is opened, and be written to.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    nowhere = open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115  it stays open as long as the program runs
    if sys.stdin is None:
        sys.stdin = nowhere
    if sys.stderr is None:
        sys.stderr = nowhere
    return "standard output is closed; send it to a file or to /dev/null" if sys.stdout is None else None


def discard_output() -> None:
    """Let nothing more be written to a standard output that cannot be written to."""
    if sys.stdout is sys.__stdout__ and sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
