"""What was asked and answered about a window: one request, and one more where something did not hold."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.extract.llm.answers import Answer, Answers
from kgraph.extract.llm.check import Checked, check, reasons
from kgraph.extract.llm.request import Request, request_for, retry_for
from kgraph.extract.llm.sentences import Window


@dataclass(frozen=True)
class Conversation:
    """What came of asking about a window so far.

    ``checked`` is the best answer, held against the text, None where there is none yet; ``following`` is what there is
    still to ask, None where there is nothing.
    """

    window: Window
    checked: Checked | None
    following: Request | None
    answers: tuple[Answer, ...] = ()


def conversation(window: Window, answers: Answers) -> Conversation:
    """The conversation about a window, as far as answers are kept."""
    request = request_for(window)
    first = answers.get(request)
    if first is None:
        return Conversation(window, None, request)
    checked = check(first.text, window)
    if not checked.failures:
        return Conversation(window, checked, None, (first,))
    again = retry_for(request, first.text, tuple(reasons(checked.failures)))
    second = answers.get(again)
    if second is None:
        return Conversation(window, checked, again, (first,))
    mended = check(second.text, window)
    best = mended if len(mended.records) >= len(checked.records) else checked
    return Conversation(window, best, None, (first, second))
