"""Annotated texts as inputs and targets of the encoder: an item for each sentence, and for each trigger."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from kgraph.extract.gazetteer import is_known_name
from kgraph.extract.parse.pipeline import pipeline
from kgraph.extract.parse.text import reading_text
from kgraph.extract.trained.encoding import Encoding, Pieces, Window
from kgraph.extract.trained.labels import FACTUALITIES, NO_MOVE, PARTS, RELATIONS, Factuality, Part
from kgraph.knowledge import Knowledge
from kgraph.model.document import Document
from kgraph.model.statement import Span
from kgraph.sources.layout.layout import lay_out
from kgraph.vocabulary import Relation
from training.texts import Move, Text

# How many sentences before its own a name may stand that an actor's pronoun or description points to.
_NAME_REACH = 4
# Words that look like a trigger and are none, for each that is one: the second pass learns to tell them apart.
_DECOYS = 0.15
_PRONOUN = re.compile(
    r"^(?:he|she|it|they|we|i|his|her|its|their|our|my|him|them|us|who|which|that|both)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Item:
    """An input with its targets.

    ``targets`` has a row for each piece of the window's text, ``factuality`` is a class or -1.
    """

    window: Window
    targets: NDArray[np.float32]
    factuality: int
    has_move: bool


@dataclass(frozen=True)
class Parsed:
    """A text with its sentences and word pieces."""

    text: Text
    sentences: tuple[Span, ...]
    pieces: Pieces

    def sentence_at(self, position: int) -> Span | None:
        """The sentence that holds a character."""
        n = bisect_right([s.start for s in self.sentences], position) - 1
        return self.sentences[n] if n >= 0 and position < self.sentences[n].end else None


def parse(texts: Iterable[Text], encoding: Encoding, knowledge: Knowledge) -> Iterator[Parsed]:
    """Texts cut into sentences as the program cuts them."""
    nlp = pipeline()
    for text in texts:
        document = Document(text.id, text.text, published=text.published)
        doc = nlp(reading_text(document, lambda word: is_known_name(knowledge, word)))
        layout = lay_out(document)
        sentences = tuple(
            Span(layout.start_in_text(s.start_char), layout.end_in_text(s.end_char))
            for s in doc.sents
            if s.text.strip()
        )
        yield Parsed(text, sentences, encoding.pieces(text.text))


def trigger_items(parsed: Parsed, encoding: Encoding) -> Iterator[Item]:
    """One item a sentence; what is asked, attempted or denied is no trigger."""
    moves = [move for move in parsed.text.moves if move.factuality not in NO_MOVE]
    for sentence in parsed.sentences:
        own = [m for m in moves if sentence.start <= m.trigger[0].start < sentence.end]
        for window in encoding.trigger_windows(parsed.pieces, sentence):
            targets = np.zeros((window.count, len(RELATIONS)), dtype=np.float32)
            for move in own:
                for span in move.trigger:
                    targets[_inside(parsed.pieces, window, span), RELATIONS.index(move.relation)] = 1
            yield Item(window, targets, -1, bool(targets.any()))


def part_items(parsed: Parsed, encoding: Encoding) -> Iterator[Item]:
    """One item a trigger, whatever became of the move."""
    for (relation, trigger), moves in _by_trigger(parsed.text.moves).items():
        sentence = parsed.sentence_at(trigger.start)
        if sentence is None:
            continue
        window = encoding.part_window(parsed.pieces, parsed.text.text, sentence, relation, trigger)
        targets = np.zeros((window.count, 2 * len(PARTS)), dtype=np.float32)
        for part, span in _part_spans(parsed, moves, sentence):
            rows = _inside(parsed.pieces, window, span)
            if rows:
                targets[rows, PARTS.index(part)] = 1
                targets[rows[0], len(PARTS) + PARTS.index(part)] = 1
        yield Item(window, targets, FACTUALITIES.index(moves[0].factuality), True)


def _by_trigger(moves: Iterable[Move]) -> dict[tuple[Relation, Span], list[Move]]:
    """Moves that one trigger evokes: coordinated actors and objects are annotated as several."""
    found: dict[tuple[Relation, Span], list[Move]] = defaultdict(list)
    for move in moves:
        found[move.relation, move.trigger[0]].append(move)
    return found


def _part_spans(parsed: Parsed, moves: list[Move], sentence: Span) -> Iterator[tuple[Part, Span]]:
    for move in moves:
        for part, spans in move.parts.items():
            yield from ((part, span) for span in spans)
        name = _antecedent(parsed, move, sentence)
        if name is not None:
            yield Part.antecedent, name


def _antecedent(parsed: Parsed, move: Move, sentence: Span) -> Span | None:
    """Where the name stands that the actor's pronoun or description points to.

    The nearest place before it, else after it.
    """
    if move.actor_name is None or len(move.parts.get(Part.actor, ())) != 1:
        return None
    (actor,) = move.parts[Part.actor]
    words = parsed.text.text[actor.start : actor.end]
    if move.actor_name in words or words[:1].isupper() and not _PRONOUN.match(words):
        return None
    number = parsed.sentences.index(sentence)
    reach = parsed.sentences[max(0, number - _NAME_REACH)].start
    for wording in (move.actor_name, move.actor_name.split()[-1]):
        places = [m.start() for m in re.finditer(re.escape(wording), parsed.text.text[reach : sentence.end])]
        before = [place for place in places if reach + place < actor.start]
        if places:
            start = reach + (before[-1] if before else places[0])
            return Span(start, start + len(wording))
    return None


def decoys(parsed: list[Parsed], encoding: Encoding, chance: Random) -> Iterator[Item]:
    """Words that evoke a relation elsewhere and none here, as items of the class ``none``."""
    vocabulary: dict[str, set[Relation]] = defaultdict(set)
    for each in parsed:
        for move in each.text.moves:
            words = each.text.text[move.trigger[0].start : move.trigger[0].end].lower()
            if " " not in words:
                vocabulary[words].add(move.relation)
    for each in parsed:
        annotated = {(m.relation, n) for m in each.text.moves for s in m.trigger for n in range(s.start, s.end)}
        for word in re.finditer(r"\w+", each.text.text):
            sentence = each.sentence_at(word.start())
            for relation in sorted(vocabulary.get(word.group().lower(), ())):
                if sentence and (relation, word.start()) not in annotated and chance.random() < _DECOYS:
                    window = encoding.part_window(each.pieces, each.text.text, sentence, relation, Span(*word.span()))
                    targets = np.zeros((window.count, 2 * len(PARTS)), dtype=np.float32)
                    yield Item(window, targets, FACTUALITIES.index(Factuality.none), True)


def _inside(pieces: Pieces, window: Window, span: Span) -> list[int]:
    """Rows of a window whose pieces overlap a span."""
    return [
        n
        for n in range(window.count)
        if pieces.starts[window.first + n] < span.end and span.start < pieces.ends[window.first + n]
    ]
