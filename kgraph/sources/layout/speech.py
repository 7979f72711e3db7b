"""Transcripts, interviews and mail: whose words each part of a text is, and which parts only ask."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from kgraph.sources.layout import en
from kgraph.sources.layout.canvas import Canvas


@dataclass(frozen=True)
class Turn:
    """A stretch ``[start, end)`` of a text that one speaker says; ``label`` are the characters that name the speaker.

    ``asks`` marks whoever puts questions: they state nothing. ``label`` is None where the text does not name the
    speaker.
    """

    start: int
    end: int
    label: tuple[int, int] | None
    asks: bool


# "[00:12:33] Jane Roe: …", "[14/05/2024, 09:12] Jane Roe: …": when something was said stands before who says it.
_SAID_AT = (
    r"(?:[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?[ \xa0])?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \xa0]?[APap][Mm])?[\])]?"
    r"[ \xa0](?:[-–][ \xa0])?)?"
)
# "Ms. Roe (Peru) (spoke in Spanish): …": whom a speaker stands for, and how.
_LABEL = re.compile(
    _SAID_AT + r"(?P<name>[A-Z][\w.'’-]*(?: [\w.'’-]+){0,8}?(?:,? ?\([^()\n]{1,60}\)|, [A-Z][^\n:,()]{1,50}){0,3})"
    r"(?P<stop>:)[ \xa0]+(?=\S)"
    r"|(?P<q>Q\b|A(?=\.))(?P<gap>)\.?[ \xa0]+(?=[A-Z])"
)
_TITLE = re.compile(rf"^(?:(?:{en.FORM_OF_ADDRESS})\b\.?\s+)+(?=\S)")
_ACRONYM = re.compile(r"(?!(?:MRS?|MS|DR|ST|LT|SGT|CPT|REP)$)[B-DF-HJ-NP-TV-XZ]{2,5}")
_FEWEST_QUESTIONS = 2
_QUESTION = re.compile(r"[A-Z“\"'¿][^\n]{5,400}\?[”\"']?")
_INTERVIEW = re.compile(en.INTERVIEW, re.IGNORECASE)
# "Ana Torres, the foreign minister of Peru, spoke to …": who is named with an office or as speaking.
_INTERVIEWED = re.compile(
    rf"(?P<name>[A-Z][\w'’-]+(?: (?:{en.IN_A_NAME}|[A-Z][\w'’-]+)){{1,4}})(?={en.AFTER_INTERVIEWED})"
)
_OFFICE_HOLDER = re.compile(r"The [^()]+ \((?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+)\)")
_NAME = re.compile(rf"[A-Z][\w.'’-]*(?: (?:{en.IN_AN_OFFICE}|[A-Z][\w.'’-]*))*")
_BRACKETS = re.compile(r",? ?\(.*|,.*")


@dataclass(frozen=True)
class _Label:
    line: tuple[int, int]
    name: tuple[int, int]
    speech: int

    def key(self, text: str) -> str:
        """The name as it is compared: without a title."""
        return _TITLE.sub("", text[self.name[0] : self.name[1]].strip(" .").lower())


def find_turns(canvas: Canvas, after: int) -> tuple[Turn, ...]:
    """The turns of a conversation; none where the text is no conversation.

    Labels get lines of their own, set as names.
    """
    text = canvas.text
    labels = [label for line in canvas.lines(after) if (label := _label(text, line))]
    counts = Counter(label.key(text) for label in labels)
    ends = [label.line[0] for label in labels[1:]] + [len(text)]
    if not _is_conversation(counts) and not _is_one_question(text, labels, ends):
        return _unlabelled(text, list(canvas.lines(after)), after)
    asking = _askers(text, labels, ends) | _moderators(text, labels)
    names = [x for x in labels if x.key(text) not in asking | en.ASKERS | en.ANSWERERS]
    sole = names[0].name if len({x.key(text) for x in names}) == 1 else None
    turns = []
    for label, end in zip(labels, ends, strict=True):
        key = label.key(text)
        anonymous = key in en.ASKERS | en.ANSWERERS
        turns.append(
            Turn(label.speech, end, (sole if key in en.ANSWERERS else None) if anonymous else label.name, key in asking)
        )
        _set_label(canvas, label, text, anonymous)
    return tuple(turns)


def is_stamped_turn(line: str) -> bool:
    """Whether a line of a chat begins with when and by whom it was written: no headline."""
    match = _LABEL.match(line)
    return match is not None and match["name"] is not None and match.start("name") > 0


def tells_of_interview(text: str, position: int) -> bool:
    """Whether the words at a character tell that somebody is interviewed ("spoke to the Courier")."""
    return _INTERVIEW.match(text, position) is not None


def _unlabelled(text: str, lines: list[tuple[int, int]], after: int) -> tuple[Turn, ...]:
    """The turns of an interview whose questions are paragraphs without a label, each with its answer below; none where
    the text does not say at its top that it is one."""
    asked: list[int] = []
    for n, (start, end) in enumerate(lines[:-1]):
        # What follows a question is its answer, even where that asks back.
        if _QUESTION.fullmatch(text, start, end) and (not asked or n - asked[-1] > 1):
            asked.append(n)
    if len(asked) < _FEWEST_QUESTIONS or not _INTERVIEW.search(text[: lines[asked[0]][0]]):
        return ()
    named = _INTERVIEWED.search(text[: lines[asked[0]][0]])
    answers = named.span("name") if named else None
    turns = []
    for number, following in zip(asked, [*asked[1:], len(lines)], strict=True):
        start, end = lines[number]
        turns.append(Turn(start, end, None, asks=True))
        turns.append(Turn(lines[number + 1][0], lines[following - 1][1], answers, asks=False))
    return tuple(turns)


def _label(text: str, line: tuple[int, int]) -> _Label | None:
    match = _LABEL.match(text, *line)
    if match is None:
        return None
    group = "q" if match["q"] else "name"
    name = match[group]
    bare = _BRACKETS.sub("", name)
    if bare.lower() in en.NO_NAMES or not (bare.isupper() or _NAME.fullmatch(bare)):
        return None
    return _Label(line, _person(name, match.start(group)), match.end())


def _person(name: str, start: int) -> tuple[int, int]:
    """Where a label names the speaker: "Ms Vik (Coast Party)" before the brackets, "The Chair (Ana Torres)" in them."""
    office = _OFFICE_HOLDER.fullmatch(name)
    if office:
        return start + office.start("name"), start + office.end("name")
    return start, start + len(_BRACKETS.sub("", name))


def _is_conversation(counts: Counter[str]) -> bool:
    """Labels make a conversation where somebody asks, or where somebody speaks again and somebody else speaks, too."""
    if len(counts) < 2:
        return False
    return bool(counts.keys() & en.ASKERS) or max(counts.values()) > 1


def _is_one_question(text: str, labels: list[_Label], ends: list[int]) -> bool:
    """Whether two labels are a question and its answer: all that there is of a conversation."""
    return len(labels) == 2 and _asks(text, labels[0], ends[0]) and not _asks(text, labels[1], ends[1])


def _asks(text: str, label: _Label, end: int) -> bool:
    return text[label.speech : end].rstrip().endswith("?")


def _askers(text: str, labels: list[_Label], ends: list[int]) -> set[str]:
    """Who asks: by the label, or because most of what they say ends in a question mark while the others state."""
    said: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for label, end in zip(labels, ends, strict=True):
        said[label.key(text)] += 1
        asked[label.key(text)] += _asks(text, label, end)
    by_mark = {key for key in said if asked[key] > 0.5 * said[key]}
    if len(by_mark) == len(said):
        by_mark = set()
    return (by_mark | (said.keys() & en.ASKERS)) - en.ANSWERERS


def _moderators(text: str, labels: list[_Label]) -> set[str]:
    """Who asks by what stands in brackets behind the name: "Jane Roe (Moderator)"."""
    behind = ((label, re.match(r" ?\(([^()\n]+)\)", text[label.name[1] : label.speech])) for label in labels)
    return {label.key(text) for label, found in behind if found and found.group(1).lower() in en.ASKERS}


def _cased(word: str, text: str) -> str:
    """A word of capitals as the text has it elsewhere ("MCCARTHY" as "McCarthy"), else with one capital; nobody has a
    name without a vowel ("NSC")."""
    if _ACRONYM.fullmatch(word):
        return word
    return _mixed_words(text).get(word.lower(), word.capitalize())


@lru_cache(maxsize=2)
def _mixed_words(text: str) -> dict[str, str]:
    """The first spelling of each word that has a capital within it, as "McCarthy" has."""
    found: dict[str, str] = {}
    for match in re.finditer(r"\b[A-Z][a-z]+[A-Z][a-z]+\b", text):
        found.setdefault(match.group().lower(), match.group())
    return found


def _set_label(canvas: Canvas, label: _Label, text: str, anonymous: bool) -> None:
    """A label on a line of its own: "MS. PSAKI:" reads as "Ms. Psaki" and a new line."""
    start, end = label.name
    name = text[start:end]
    if anonymous:
        canvas.blank(start, end)
    elif name.isupper():
        canvas.put(start, re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: _cased(m.group(), text), name))
    canvas.blank(label.line[0], start)
    canvas.part(label.speech - 1)
    canvas.blank(end, label.speech - 1)
