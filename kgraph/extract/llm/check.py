"""Holds an answer against the text: what passes has characters for all its words, what fails has a reason.

Nothing is repaired. A date or a place that does not hold is left out and listed; any other part that does not hold
takes its statement with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from kgraph.extract import dateline
from kgraph.extract.llm.figures import says
from kgraph.extract.llm.find import find
from kgraph.extract.llm.request import statement_schema
from kgraph.extract.llm.sentences import Window
from kgraph.extract.llm.when import dated
from kgraph.model.statement import ACTOR_TYPES, MATTER_TYPES, Dating, Span
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation, Role

JsonObject = dict[str, Any]
_SINGLE = (Role.actor, Role.object, Role.condition, Role.content, Role.place)
_SEVERAL = {"participants": Role.participant, "speakers": Role.speaker}
# An answer is words of a model: what it says of itself may be anything, also very long.
_LONGEST_QUOTE = 80
_LEAST_PARTICIPANTS = 2
_THOUGHTS = re.compile(r"\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"^```\w*[ \t]*\n(.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Named:
    """Words of the text in a role; ``antecedent`` are the words that name what they stand for."""

    span: Span
    type: EntityType
    antecedent: Span | None = None
    english: str | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """A statement of an answer whose words all stand in the text."""

    relation: Relation
    sentence: Span
    trigger: Span
    roles: dict[Role, tuple[Named, ...]]
    polarity: Polarity
    modality: Modality
    dating: Dating
    value: float | None = None
    counted: Span | None = None
    bound: str | None = None


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What does not hold, why, and the sentence or window in which it should.

    ``lost`` tells whether the statement is lost with it, or stands without this part.
    """

    reason: str
    span: Span
    relation: Relation | None = None
    lost: bool = True


@dataclass(frozen=True)
class Checked:
    """An answer held against its text."""

    records: tuple[Record, ...]
    failures: tuple[Failure, ...]


class _Wrong(Exception):
    """A part of a statement does not hold; the message says which and why."""


def check(answer: str, window: Window) -> Checked:
    """Hold an answer about a window against the text."""
    try:
        statements = _statements(answer)
    except _Wrong as wrong:
        return Checked((), (Failure(reason=str(wrong), span=window.span),))
    records: list[Record] = []
    failures: list[Failure] = []
    for number, statement in enumerate(statements, 1):
        where = _Place(window, statement)
        try:
            record, left_out = _record(where)
        except _Wrong as wrong:
            record, left_out = None, [str(wrong)]
        if record is not None:
            records.append(record)
        failures += [
            Failure(
                reason=f"statement {number}: {reason}",
                span=where.span,
                relation=where.relation,
                lost=record is None,
            )
            for reason in left_out
        ]
    return Checked(tuple(records), tuple(failures))


def _statements(answer: str) -> list[Any]:
    """The statements of an answer; raises _Wrong for what is no such answer."""
    try:
        found = json.loads(_unwrapped(answer), object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise _Wrong(f"the answer is not valid JSON: {error.msg} at character {error.pos} of {len(answer)}") from error
    except RecursionError as error:
        raise _Wrong("the answer is not valid JSON: nested too deeply") from error
    except ValueError as error:
        raise _Wrong("the answer is not valid JSON: a number is too long") from error
    if not isinstance(found, dict) or not isinstance(found.get("statements"), list):
        raise _Wrong('the answer is not a JSON object with a list of "statements"')
    return list(found["statements"])


def _unwrapped(answer: str) -> str:
    """The JSON of an answer without what some models put around it: their thoughts before, a Markdown fence."""
    plain = _THOUGHTS.sub("", answer, count=1)
    fenced = _FENCED.findall(plain)
    return str(fenced[0]) if len(fenced) == 1 else plain


def _unique(pairs: list[tuple[str, Any]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Wrong(f"the answer has the key {_short(twice)} twice in one object")
    # A service that must name every key of the schema says null for what it leaves out.
    return {name: value for name, value in found.items() if value is not None}


def _short(words: object) -> str:
    said = str(words)
    return repr(said if len(said) <= _LONGEST_QUOTE else said[:_LONGEST_QUOTE] + "…")


class _Place:
    """A statement of an answer in its window, and how words of it are found there."""

    def __init__(self, window: Window, statement: Any) -> None:
        self.window, self.statement = window, statement
        found = statement if isinstance(statement, dict) else {}
        number, name = found.get("sentence"), found.get("relation")
        sentence = window.sentence(number) if isinstance(number, int) else None
        self.span = sentence.span if sentence is not None else window.span
        self.relation = Relation(name) if isinstance(name, str) and name in set(Relation) else None

    def find(self, words: str, number: int, near: int | None, what: str) -> Span:
        """The place of words in a sentence or one beside it; raises _Wrong where they are not there."""
        text = self.window.document.text
        if self.window.sentence(number) is None:
            raise _Wrong(f"{what}: there is no sentence {number} here")
        for candidate in (number, number - 1, number + 1):
            sentence = self.window.sentence(candidate)
            found = find(words, text, sentence.span, near) if sentence is not None else None
            if found is not None:
                return found
        raise _Wrong(f"{what}: the words {_short(words)} do not stand in sentence {number}")


def _record(where: _Place) -> tuple[Record, list[str]]:
    """A statement that holds, with what was left out of it; raises _Wrong where it does not hold."""
    statement = where.statement
    _check_schema(statement)
    relation, number = Relation(statement["relation"]), statement["sentence"]
    numbers = [s.number for s in where.window.sentences]
    if number not in numbers:
        raise _Wrong(f"sentence {number} is not among those asked about, {numbers[0]} to {numbers[-1]}")
    trigger = where.find(statement["move"], number, None, "move")
    left_out: list[str] = []
    roles = _roles(where, trigger, left_out)
    _check_roles(relation, roles)
    dating = _dating(where, trigger, left_out)
    record = Record(
        relation=relation,
        sentence=where.span,
        trigger=trigger,
        roles=roles,
        polarity=Polarity(statement.get("polarity", Polarity.positive)),
        modality=Modality(statement.get("modality", Modality.actual)),
        dating=dating,
        **(_figure(where, roles[Role.object][0]) if relation is Relation.claims else {}),
    )
    return record, left_out


def _check_schema(statement: Any) -> None:
    error = best_match(Draft202012Validator(statement_schema()).iter_errors(statement))
    if error is not None:
        path = ".".join(str(part) for part in error.absolute_path)
        raise _Wrong(f"{path + ': ' if path else ''}{error.message[: 2 * _LONGEST_QUOTE]}")


def _roles(where: _Place, trigger: Span, left_out: list[str]) -> dict[Role, tuple[Named, ...]]:
    found: dict[Role, tuple[Named, ...]] = {}
    for role in _SINGLE:
        given = where.statement.get(role.value)
        if given is None:
            continue
        try:
            found[role] = (_named(where, given, trigger, role, role.value),)
        except _Wrong as wrong:
            if role is not Role.place:
                raise
            left_out.append(f"{wrong}; it is left out")
    for name, role in _SEVERAL.items():
        given = where.statement.get(name, [])
        if given:
            found[role] = tuple(_named(where, one, trigger, role, name) for one in given)
    return found


_KINDS: dict[Role, tuple[frozenset[EntityType], EntityType]] = {
    Role.actor: (ACTOR_TYPES | MATTER_TYPES, EntityType.Organization),
    Role.participant: (ACTOR_TYPES, EntityType.Organization),
    Role.speaker: (ACTOR_TYPES, EntityType.Organization),
    Role.place: (frozenset((EntityType.Place,)), EntityType.Place),
}
_ABOUT = ACTOR_TYPES | MATTER_TYPES | {EntityType.Meeting}


def _named(where: _Place, given: JsonObject, trigger: Span, role: Role, what: str) -> Named:
    number = given.get("sentence", where.statement["sentence"])
    span = where.find(given["words"], number, trigger.start, what)
    antecedent = None
    if "stands_for" in given:
        antecedent = _antecedent(where, given["stands_for"], number, what)
    allowed, otherwise = _KINDS.get(role, (_ABOUT, EntityType.Measure))
    kind = EntityType(given["type"]) if given.get("type") in allowed else otherwise
    return Named(span=span, type=kind, antecedent=antecedent, english=_line(given.get("english")))


def _antecedent(where: _Place, named: JsonObject, number: int, what: str) -> Span:
    """Where the words stand that name what others mean.

    In the sentences shown, or as a name of the cast before them.
    """
    window = where.window
    if named["words"] in window.cast:
        found = find(named["words"], window.document.text, Span(window.document.body, window.span.end))
        if found is not None:
            return found
    return where.find(named["words"], named.get("sentence", number), None, f"{what}, stands_for")


def _line(words: str | None) -> str | None:
    """A translation on one line of readable length, None where there is nothing in it."""
    plain = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split()) if words else ""
    return plain[:200] or None


def _check_roles(relation: Relation, roles: dict[Role, tuple[Named, ...]]) -> None:
    """A statement has the roles of its relation and no others; the words of a meeting may be those of its verb."""
    traits = relation.traits
    needed = traits.roles - ({Role.object} if relation is Relation.meets else set())
    for role in Role:
        if role in needed and role not in roles:
            raise _Wrong(f"{relation} needs {role}")
        if role in roles and role not in traits.roles | traits.optional | {Role.speaker}:
            raise _Wrong(f"{relation} takes no {role}")
    if relation is Relation.meets and not _can_meet(roles.get(Role.participant, ())):
        raise _Wrong("meets needs two participants")


def _can_meet(parties: tuple[Named, ...]) -> bool:
    """Whether parties are several, or a group."""
    return len(parties) >= _LEAST_PARTICIPANTS or any(party.type is EntityType.Group for party in parties)


def _figure(where: _Place, number: Named) -> JsonObject:
    """Value, bound and the words for what is counted; raises _Wrong where they do not stand in the text."""
    statement, text = where.statement, where.window.document.text
    if "value" not in statement or "what" not in statement:
        raise _Wrong("claims needs value and what")
    words = text[number.span.start : number.span.end]
    if not says(words, statement["value"]):
        raise _Wrong(f"value: {statement['value']} is not what {_short(words)} says")
    counted = where.find(statement["what"], statement["sentence"], number.span.start, "what")
    return {
        "value": float(statement["value"]),
        "counted": counted,
        "bound": statement.get("bound"),
    }


def _dating(where: _Place, trigger: Span, left_out: list[str]) -> Dating:
    given = where.statement.get("date")
    if given is None:
        return Dating()
    document = where.window.document
    try:
        number = given.get("sentence", where.statement["sentence"])
        span = where.find(given["words"], number, trigger.start, "date")
        words = document.text[span.start : span.end]
        day = dateline.day_at(document, trigger.start)
        found = dated(given["edtf"], words, span, day, document.language_code)
        if found is None:
            raise _Wrong(f"date: {_short(given['edtf'])} does not follow from {_short(words)}")
    except _Wrong as wrong:
        left_out.append(f"{wrong}; it is left out")
        return Dating()
    return found


def reasons(failures: tuple[Failure, ...]) -> Iterator[str]:
    """What failed, in words, each once."""
    yield from dict.fromkeys(failure.reason for failure in failures)
