"""Reading documents: from a text to statements with character offsets.

What is common to all readers comes first: the parse (``parse``), the cast of names and their roles (``names``,
``roles``), quotations (``quotations``). Then each reader reads the text. What they read is merged: of two rivals the
more certain one is kept, and what is said twice is kept once. Each statement is dated by context and gets the
confidence with which such statements are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from kgraph.extract import bounds, confidence, conversation, inventory, narrative, repeats
from kgraph.extract.casting import read_cast
from kgraph.extract.gazetteer import is_known_name
from kgraph.extract.merge import merge, without_rivals
from kgraph.extract.names import Cast
from kgraph.extract.parse.pipeline import pipeline, plain_pipeline
from kgraph.extract.parse.text import reading_text
from kgraph.extract.quotations import find_quotations
from kgraph.extract.reader import Reader, reads
from kgraph.extract.reading import Reading
from kgraph.extract.registry import readers
from kgraph.extract.roles import learn_roles
from kgraph.extract.short_names import shortened, with_short_name
from kgraph.extract.speakers import quotation_speaker
from kgraph.extract.tables import parted
from kgraph.extract.turns import learn_sides
from kgraph.extract.undecided import abstention, without_unresolved
from kgraph.knowledge import Knowledge
from kgraph.model.document import ENGLISH, Document
from kgraph.model.statement import Abstention, Extraction, ReadStatement
from kgraph.sources.layout.layout import lay_out, page_of

BATCH = 16
_TOO_UNSURE = "read with too little confidence"
# What is parsed at once takes some five kilobytes of memory a character.
LONGEST_PART = 60_000
MOST_AT_ONCE = 2 * LONGEST_PART


def extract(
    documents: Iterable[Document], knowledge: Knowledge, using: tuple[Reader, ...] | None = None
) -> Iterator[tuple[Document, Extraction]]:
    """Read documents one after the other, streaming; memory does not grow with their number.

    ``using`` are the readers (see ``registry.readers``), the default ones where it is None.
    """
    using = using or readers()
    for reading in _readings(documents, knowledge):
        document = reading.document
        candidates, abstained = _candidates(reading, using)
        sure, unsure = parted(candidates, lambda s: s.confidence >= confidence.floor(s, knowledge.fit))
        abstained += map(_unsure, unsure)
        headline_end = reading.layout.headline[1] if reading.layout.headline else 0
        told = repeats.told_once(without_rivals(sure), headline_end, knowledge)
        found = [shortened(reading, s) for s in narrative.continued(reading, told)]
        beside = (with_short_name(reading, mention) for mention in inventory.inventory(reading, found))
        named = [*(m for s in found for ms in s.roles().values() for m in ms), *beside]
        yield (
            document,
            Extraction(
                document=document.id,
                statements=tuple(sorted(found, key=_order)),
                mentions=tuple(sorted(dict.fromkeys(named), key=lambda m: (m.span.start, m.span.end, m.type, m.name))),
                abstentions=tuple(abstained),
                context=bounds.context_of(reading),
            ),
        )


def extract_candidates(
    documents: Iterable[Document], knowledge: Knowledge, using: tuple[Reader, ...]
) -> Iterator[tuple[Document, list[ReadStatement]]]:
    """Everything that the readers read, rivals and the unsure included: what confidence is fitted to."""
    for reading in _readings(documents, knowledge):
        yield reading.document, _candidates(reading, using)[0]


# A part of a text, with its document and whether it is the last of it.
_Part = tuple[str, tuple[Document, bool]]


def _parsed(nlp: Language, texts: Iterable[tuple[Document, str]]) -> Iterator[tuple[Document, Doc]]:
    """Documents with their parse; a long text is parsed in parts, which end where paragraphs do, or
    words in a paragraph that is too long."""
    parts = ((part, (document, last)) for document, text in texts for part, last in _parts(text))
    pending: list[Doc] = []
    parsed = (pair for batch in _batches(parts) for pair in nlp.pipe(batch, as_tuples=True, batch_size=BATCH))
    for doc, (document, last) in parsed:
        pending.append(doc)
        if last:
            yield document, pending[0] if len(pending) == 1 else Doc.from_docs(pending, ensure_whitespace=False)
            pending = []


def _batches(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Parts to be parsed together: a few, and not too many characters."""
    batch: list[_Part] = []
    for part in parts:
        if len(batch) == BATCH or batch and sum(len(text) for text, _ in batch) + len(part[0]) > MOST_AT_ONCE:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, and whether each is the last."""
    start = 0
    while len(text) - start > LONGEST_PART:
        line_end, word_end = (text.rfind(mark, start, start + LONGEST_PART) for mark in "\n ")
        last = line_end if line_end > start else word_end
        end = last + 1 if last > start else start + LONGEST_PART
        yield text[start:end], False
        start = end
    yield text[start:], True


def prepare(document: Document, doc: Doc, knowledge: Knowledge) -> Reading:
    """A parsed document with its cast, their roles, and its quotations: what every reader starts from."""
    reading = Reading(document, doc, read_cast(doc, knowledge), knowledge)
    reading.quotations = find_quotations(reading)
    reading.find_speaker = quotation_speaker
    learn_roles(reading)
    learn_sides(reading)
    return reading


def _readings(documents: Iterable[Document], knowledge: Knowledge) -> Iterator[Reading]:
    for language, alike in groupby(documents, key=lambda document: document.language_code):
        read = _english if language == ENGLISH else _foreign
        yield from read(alike, knowledge)


def _english(documents: Iterable[Document], knowledge: Knowledge) -> Iterator[Reading]:
    texts = ((d, reading_text(d, lambda word: is_known_name(knowledge, word))) for d in documents)
    for document, doc in _parsed(pipeline(), texts):
        yield prepare(document, doc, knowledge)


def _foreign(documents: Iterable[Document], knowledge: Knowledge) -> Iterator[Reading]:
    """Texts of other languages, cut into words and sentences only: for readers that need no parse."""
    for document in documents:
        doc = plain_pipeline(document.language_code)(lay_out(document).text)
        of_language = knowledge.in_language(document.language_code)
        yield Reading(document, doc, Cast([], of_language), of_language)


def _candidates(reading: Reading, using: tuple[Reader, ...]) -> tuple[list[ReadStatement], list[Abstention]]:
    """What all readers read, merged, dated by context, with day and page of its part of the text and its confidence;
    and what they left undecided."""
    by_reader: list[tuple[str, list[ReadStatement]]] = []
    abstained: list[Abstention] = []
    language = reading.document.language_code
    for reader in (reader for reader in using if reads(reader, language)):
        items = list(conversation.stated(reading, reader.read(reading)))
        by_reader.append((reader.name, [item for item in items if isinstance(item, ReadStatement)]))
        abstained += [item for item in items if isinstance(item, Abstention)]
    decided, undecided = without_unresolved(merge(by_reader))
    abstained += undecided
    context = bounds.context_of(reading)
    placed = []
    for s in decided:
        day, page = reading.day_written(s.trigger.start), page_of(reading.document.text, s.span.start)
        dating = bounds.with_context(s.dating, s.modality, s.polarity, context, day)
        placed.append(replace(s, dating=dating, reported_on=day, page=page))
    return [replace(s, confidence=confidence.confidence(s, reading.knowledge.fit)) for s in placed], abstained


def _unsure(statement: ReadStatement) -> Abstention:
    return abstention(statement, f"{_TOO_UNSURE} ({statement.confidence})")


def _order(statement: ReadStatement) -> tuple[int, int, str, str]:
    return (
        statement.trigger.start,
        statement.span.start,
        statement.relation,
        statement.actor.name if statement.actor else "",
    )
