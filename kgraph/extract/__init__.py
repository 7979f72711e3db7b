"""Reading documents: from a text to statements with character offsets.

The stages, in order: parse (language), cast (names, roles), quotations (speech), then sentence by sentence moves, meetings,
conditions and figures, each with who says so, polarity, modality and date; last, what is said twice is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kgraph.documents import Document
from kgraph.knowledge import Knowledge
from kgraph.statements import Abstention, Extraction, Statement

EXTRACTOR_VERSION = "0.1"


def extract(documents: Iterable[Document], knowledge: Knowledge) -> Iterator[tuple[Document, Extraction]]:
    """Read documents one after the other, streaming; memory does not grow with their number."""
    from kgraph.extract.language import pipeline, reading_text
    from kgraph.extract.names import is_known_name

    nlp = pipeline()
    pairs = ((reading_text(d, lambda word: is_known_name(knowledge, word)), d) for d in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield document, _read(document, doc, knowledge)


def _read(document: Document, doc: object, knowledge: Knowledge) -> Extraction:
    from spacy.tokens import Doc

    from kgraph.extract import conditions, confidence, figures, inventory, meetings, moves, repeats, speech, timing
    from kgraph.extract.names import read_cast
    from kgraph.extract.reading import Reading
    from kgraph.extract.roles import learn_roles

    assert isinstance(doc, Doc)
    reading = Reading(document, doc, read_cast(doc, knowledge), knowledge)
    reading.quotations = speech.find_quotations(reading)
    learn_roles(reading)
    found: list[Statement] = []
    abstained: list[Abstention] = []
    for sentence in doc.sents:
        if not sentence.text.strip():
            continue
        for stage in (conditions.conditions, moves.moves, meetings.meetings, figures.figures):
            for item in stage(reading, sentence):
                (abstained if isinstance(item, Abstention) else found).append(item)  # type: ignore[arg-type]
    found = repeats.told_once(found, document.headline[1] if document.headline and reading.headline_end else 0)
    context = timing.context_of(reading)
    found = [
        replace(
            s,
            dating=timing.with_context(s.dating, reading, s.modality, s.polarity, context),
            confidence=confidence.confidence(s),
        )
        for s in found
    ]
    named = [*(m for s in found for ms in s.roles().values() for m in ms), *inventory.inventory(reading)]
    mentions = tuple(sorted(dict.fromkeys(named), key=lambda m: (m.span.start, m.span.end, m.type, m.name)))
    return Extraction(document.id, tuple(sorted(found, key=_order)), mentions, tuple(abstained), context)


def _order(statement: Statement) -> tuple[int, int, str, str]:
    return (
        statement.trigger.start,
        statement.span.start,
        statement.relation,
        statement.actor.name if statement.actor else "",
    )
