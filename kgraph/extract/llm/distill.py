"""What a language model read, as annotated texts for the trained reader; see ``training/texts.py`` for their form.

A text teaches by what it lists and by what it does not: a sentence without a record is one without a move. So a
sentence in which something did not hold, or of which a record cannot be told by words alone, is left out as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.extract.annotation import LETTERS, place
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.check import Named, Record
from kgraph.extract.llm.conversation import conversation
from kgraph.extract.llm.sentences import Sentence, sentences_of, windows
from kgraph.extract.trained.labels import Part
from kgraph.model.document import Document
from kgraph.model.statement import Span
from kgraph.vocabulary import Modality, Polarity, Relation, Role

STYLE = "distilled"
Annotated = dict[str, object]
# The parts that a record of an answer may have, in the order in which they are written.
_PARTS = (Part.actor, Part.object, Part.condition, Part.content, Part.participant, Part.place)


@dataclass(frozen=True)
class Distilled:
    """An annotated text, ready to be written as JSON, and how many of the document's sentences it leaves out."""

    entry: Annotated
    records: int
    left_out: int


class _Untold(Exception):
    """A record's words do not tell their place."""


def distil(document: Document, answers: Answers) -> Distilled | None:
    """A document (in English) with what the model read in it; None where not all of it was answered."""
    checked = [conversation(window, answers).checked for window in windows(document)]
    answered = [each for each in checked if each is not None]
    if len(answered) < len(checked):
        return None
    lost = [failure.span for each in answered for failure in each.failures if failure.lost]
    sentences = sentences_of(document)
    records = [record for each in answered for record in each.records]
    text, kept = _told(document, _without(sentences, lost), records)
    entries = [entry for entry in map(text.record, filter(text.holds, records)) if entry is not None]
    return Distilled(
        {"id": document.id, "style": STYLE, "published": document.published, "sents": text.lines, "records": entries},
        records=len(entries),
        left_out=len(sentences) - kept,
    )


def _told(document: Document, kept: list[Sentence], records: list[Record]) -> tuple[_Text, int]:
    """The text of those sentences of which all records can be told by words alone, and how many they are; without a
    sentence the words of another may tell no more, or again."""
    while True:
        text = _Text(document, kept)
        untold = [record.sentence for record in filter(text.holds, records) if text.record(record) is None]
        if not untold:
            return text, len(kept)
        kept = _without(kept, untold)


def _without(sentences: Sequence[Sentence], spans: Sequence[Span]) -> list[Sentence]:
    """The sentences that none of some spans touches."""
    return [s for s in sentences if not any(s.span.overlaps(span) for span in spans)]


def _letters(record: Record, part: Part) -> str:
    """By which letters a record names a part; what a claim is about is its number."""
    is_number = part is Part.object and record.relation is Relation.claims
    return LETTERS[Part.value if is_number else part]


class _Text:
    """The sentences that are kept, one a line with a break between paragraphs, and the records about them."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._text = document.text
        self.lines: list[str] = []
        self._numbers: list[tuple[Span, int]] = []
        before: Span | None = None
        for sentence in sentences:
            if before is not None and self._text.count("\n", before.end, sentence.span.start) > 1:
                self.lines.append("")
            self._numbers.append((sentence.span, len(self.lines)))
            self.lines.append(sentence.text(document))
            before = sentence.span

    def holds(self, record: Record) -> bool:
        """Whether the sentence of a record is kept."""
        return self._number(record.trigger) is not None

    def record(self, record: Record) -> Annotated | None:
        """A record in words; None where the words would not lead back to their places."""
        at = self._number(record.trigger)
        try:
            return dict(self._fields(record, at)) if at is not None else None
        except _Untold:
            return None

    def _fields(self, record: Record, at: int) -> Iterator[tuple[str, object]]:
        yield "i", at + 1
        yield "r", record.relation.value
        yield "t", self._words(record.trigger, at)
        for part in _PARTS:
            words = [self._words(named.span, at) for named in record.roles.get(Role(part.value), ())]
            if words:
                yield _letters(record, part), words if part is Part.participant else words[0]
        if record.counted is not None:
            yield LETTERS[Part.counted], self._words(record.counted, at)
        yield from self._names("A", record.roles.get(Role.actor, ()))
        speakers = record.roles.get(Role.speaker, ())[-1:]
        for named in speakers:
            yield LETTERS[Part.speaker], self._words(named.span, at)
        yield from self._names("S", speakers)
        if record.polarity is not Polarity.positive:
            yield "pol", record.polarity.value
        if record.modality is not Modality.actual:
            yield "mod", record.modality.value
        if record.dating.edtf is not None:
            yield "d", record.dating.edtf

    def _names(self, key: str, named: Sequence[Named]) -> Iterator[tuple[str, object]]:
        """The name that words stand for, where they are not it."""
        for each in named:
            if each.antecedent is not None:
                yield key, self._line(each.antecedent)

    def _words(self, span: Span, at: int) -> str:
        """Words as they stand on their line; raises _Untold where the same words stand nearer or earlier."""
        number, words = self._number(span), self._line(span)
        if number is None or place(words, at, self.lines) != (number, self._column(span)):
            raise _Untold
        return words

    def _line(self, span: Span) -> str:
        return " ".join(self._text[span.start : span.end].split())

    def _column(self, span: Span) -> int:
        sentence = next(s for s, _ in self._numbers if s.start <= span.start < s.end)
        before = self._text[sentence.start : span.start]
        return len(" ".join(f"{before}|".split())) - 1

    def _number(self, span: Span) -> int | None:
        """The line on which a span begins, from 0."""
        return next((number for s, number in self._numbers if s.start <= span.start < s.end), None)
