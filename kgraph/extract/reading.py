"""One document while it is being read: its parse, cast and quotations, shared by the stages of extraction."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from spacy.tokens import Doc, Span, Token

from kgraph.extract import dateline
from kgraph.extract.clauses import LEXICON
from kgraph.extract.names import Cast, Naming, Party
from kgraph.extract.rules.en import titles
from kgraph.knowledge import Frame, Knowledge
from kgraph.model import statement as statements
from kgraph.model.document import Document
from kgraph.model.ranges import Ranges
from kgraph.sources.layout.layout import Layout, lay_out
from kgraph.vocabulary import EntityType

_LONGEST_HEADLINE = 250


@dataclass(frozen=True)
class Actor:
    """A party at a place of the text. ``antecedent`` is what a pronoun or description stands for there."""

    party: Party
    span: Span
    antecedent: Span | None = None
    certainty: float = 1.0

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What makes two actors the same party."""
        return self.party.name, self.party.kind, self.party.known


@dataclass(frozen=True)
class Quotation:
    """Tokens ``[start, end)`` between quotation marks, or a block quotation; ``opening`` is the index of its mark."""

    start: int
    end: int
    block: bool = False

    def holds(self, token: Token) -> bool:
        """Whether a token stands in the quotation."""
        return self.start <= token.i < self.end


def _nobody(reading: Reading, quotation: Quotation) -> list[Actor]:
    return []


@dataclass
class Reading:
    """The parse of a document with everything that later stages look up in it.

    ``find_speaker`` tells who utters a quotation (``speakers.quotation_speaker``). It is handed in because whom a
    pronoun stands for depends on who speaks, and who speaks may be said by a pronoun.
    """

    document: Document
    doc: Doc
    cast: Cast
    knowledge: Knowledge
    quotations: list[Quotation] = field(default_factory=list)
    find_speaker: Callable[[Reading, Quotation], list[Actor]] = _nobody
    speaker_cache: dict[int, list[Actor]] = field(default_factory=dict)
    resolving: set[int] = field(default_factory=set)
    actors_at: dict[int, list[Actor]] = field(default_factory=dict)
    matches: dict[int, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.doc.user_data[LEXICON] = self.knowledge.words

    def span(self, tokens: Span) -> statements.Span:
        """Offsets of tokens in the document's text, whitespace at the edges left out."""
        layout = self.layout
        start = layout.after_lent(tokens.start_char, tokens.end_char)
        return statements.Span(layout.start_in_text(start), layout.end_in_text(tokens.end_char))

    def words(self, tokens: Span) -> str:
        """The document's own characters of a span, as they stand there."""
        span = self.span(tokens)
        return self.document.text[span.start : span.end]

    def label(self, tokens: Span) -> str:
        """The words of a span as a reader sees them: on one line, without markup."""
        places, text = self.layout.places, self.document.text
        read = zip(tokens.text, places[tokens.start_char : tokens.end_char], strict=False)
        return " ".join("".join(" " if seen.isspace() else text[place] for seen, place in read).split())

    @cached_property
    def text(self) -> str:
        """The parsed text; spaCy puts it together anew each time that it is asked for it."""
        return self.doc.text

    @cached_property
    def layout(self) -> Layout:
        """How the document is laid out."""
        return lay_out(self.document)

    def place(self, token: Token) -> int:
        """Where a token begins in the document's text."""
        return self.layout.start_in_text(token.idx)

    def token_at(self, place: int) -> Token:
        """The token that begins at a character of the document's text, or the one before it."""
        return self.doc[max(0, bisect_right(self._places, place) - 1)]

    def tokens_at(self, start: int, end: int) -> Span:
        """The tokens that hold the characters ``[start, end)`` of the parsed text."""
        tokens = self.doc.char_span(start, end, alignment_mode="expand")
        assert tokens is not None, "the text has these characters"
        return tokens

    @cached_property
    def _places(self) -> list[int]:
        return [self.place(token) for token in self.doc]

    def actor(self, naming: Naming, certainty: float = 1.0) -> Actor:
        """The party of a naming, where it is named."""
        return Actor(naming.party, self.doc[naming.start : naming.end], certainty=certainty)

    def mention(self, actor: Actor) -> statements.Mention:
        """An actor as a value that leaves the extractor."""
        return statements.Mention(
            span=self.span(actor.span),
            text=self.words(actor.span),
            name=actor.party.name,
            type=actor.party.kind,
            known=actor.party.known,
            antecedent=self.span(actor.antecedent) if actor.antecedent is not None else None,
            certainty=actor.certainty,
            key=actor.party.known or actor.party.name.lower(),
        )

    def mentions(self, actors: Iterable[Actor]) -> tuple[statements.Mention, ...]:
        """Several actors as values that leave the extractor."""
        return tuple(map(self.mention, actors))

    def thing(self, tokens: Span, name: str, kind: EntityType, key: str | None = None) -> statements.Mention:
        """Words as something that is no named party; its key is its name in lower case where none is given."""
        return statements.Mention(
            span=self.span(tokens),
            text=self.words(tokens),
            name=name,
            type=kind,
            key=name.lower() if key is None else key,
        )

    def quotation_at(self, token: Token) -> Quotation | None:
        """The quotation that holds a token."""
        return self._quotation_ranges.at(token.i)

    @cached_property
    def _quotation_ranges(self) -> Ranges[Quotation]:
        return Ranges(self.quotations)

    @cached_property
    def labels(self) -> dict[tuple[int, int], Span]:
        """The tokens of each label of a speaker, by its characters in the document's text."""
        ranges = Ranges([statements.Span(*turn.label) for turn in self.layout.turns if turn.label is not None])
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for token in self.doc:
            label = None if token.is_space else ranges.at(self.place(token))
            if label is not None:
                found[label.start, label.end].append(token.i)
        return {label: self.doc[tokens[0] : tokens[-1] + 1] for label, tokens in found.items()}

    @cached_property
    def namings(self) -> dict[statements.Span, Naming]:
        """The namings by their characters in the document's text."""
        namings = reversed(self.cast.namings)
        return {self.span(self.doc[naming.start : naming.end]): naming for naming in namings}

    @property
    def title(self) -> str:
        """What the text is called: the title in its header, and its headline."""
        headline = self.layout.headline
        if headline is None:
            return self.document.title or ""
        return " ".join((self.header_title, self.document.text[slice(*headline)]))

    @property
    def is_official(self) -> bool:
        """Whether the title calls the text a statement, readout or the like: the words of those who make the moves."""
        return bool(titles.OFFICIAL.search(self.title))

    @property
    def header_title(self) -> str:
        """The title that stands in the header alone, not in the text that is read; empty where there is none."""
        return self.document.title or "" if self.document.body else ""

    @cached_property
    def named_in_header(self) -> list[tuple[int, Naming]]:
        """Where the header's title names a party, and where the text first does so."""
        title = self.header_title
        found: dict[Party, tuple[int, Naming]] = {}
        for naming in self.cast.namings if title else ():
            name = self.doc[naming.start : naming.end].text
            if naming.manner == "name" and naming.party not in found:
                match = re.search(rf"\b{re.escape(name)}\b", title)
                if match is not None:
                    found[naming.party] = match.start(), naming
        return list(found.values())

    def speakers(self, quotation: Quotation) -> list[Actor]:
        """Who utters a quotation; empty where the text does not tell, and while it is being found out."""
        if quotation.start not in self.speaker_cache:
            self.speaker_cache[quotation.start] = []
            self.speaker_cache[quotation.start] = self.find_speaker(self, quotation)
        return self.speaker_cache[quotation.start]

    @property
    def reference_day(self) -> date | None:
        """The day that the text's relative dates count from."""
        return dateline.reference_day(self.document)

    @cached_property
    def first_place(self) -> int:
        """Where the running text begins in the parsed text."""
        return next((token.idx for token in self.doc if not token.is_space), 0)

    def day_at(self, place: int) -> date | None:
        """The day that relative dates count from at a character: of a live page's entry its own."""
        return dateline.day_at(self.document, place)

    def day_written(self, place: int) -> str | None:
        """The day on which the part of the text at a character was published, as far as it is known."""
        entry = self.layout.entry_at(place)
        return entry.day.isoformat() if entry and not entry.told else self.document.published

    @cached_property
    def headline_end(self) -> int:
        """Token index where the headline ends (0 where there is none)."""
        headline = self.layout.headline
        if headline is None or headline[1] - headline[0] > _LONGEST_HEADLINE:
            return 0
        return next((token.i for token in self.doc if self.place(token) >= headline[1]), len(self.doc))

    @cached_property
    def headline_colons(self) -> list[int]:
        """Where colons stand inside the headline."""
        return [i for i in range(1, self.headline_end - 1) if self.doc[i].text == ":"]

    @cached_property
    def reporting_verbs(self) -> list[Token]:
        """The verbs of saying, writing and thinking, in text order."""
        return [t for t in self.doc if t.pos_ == "VERB" and self.knowledge.is_word("reporting-verb", t.lemma_.lower())]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Token ranges of the paragraphs."""
        found, start = [], 0
        for token in self.doc:
            if token.is_space and "\n" in token.text:
                if token.i > start:
                    found.append((start, token.i))
                start = token.i + 1
        if start < len(self.doc):
            found.append((start, len(self.doc)))
        return found

    def paragraph_at(self, index: int) -> tuple[int, int]:
        """The token range of the paragraph that holds a token; of the whole document for a line end."""
        number = bisect_right(self.paragraphs, index, key=lambda paragraph: paragraph[0]) - 1
        if number >= 0 and index < self.paragraphs[number][1]:
            return self.paragraphs[number]
        return 0, len(self.doc)

    def reporting_verbs_in(self, start: int, end: int) -> list[Token]:
        """The verbs of saying, writing and thinking among the tokens ``[start, end)``."""
        first, last = (bisect_left(self.reporting_verbs, edge, key=lambda verb: verb.i) for edge in (start, end))
        return self.reporting_verbs[first:last]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences in text order."""
        return list(self.doc.sents)

    @cached_property
    def sentence_number(self) -> list[int]:
        """The number of each token's sentence, by token index."""
        return [number for number, sentence in enumerate(self.sentences) for _ in sentence]

    def is_form(self, word_class: str, token: Token) -> bool:
        """Whether a token's very form is in a word class of the lexicon ("governments" apart from "government")."""
        return self.knowledge.is_word(word_class, token.lower_)

    def is_lemma(self, word_class: str, token: Token) -> bool:
        """Whether a token's lemma is in a word class of the lexicon."""
        return self.knowledge.is_word(word_class, token.lemma_.lower())

    def is_word(self, word_class: str, token: Token) -> bool:
        """Whether a token's lemma or form is in a word class of the lexicon."""
        return self.knowledge.is_word(word_class, token.lower_) or self.knowledge.is_word(
            word_class, token.lemma_.lower()
        )

    def is_one_of(self, token: Token, *word_classes: str) -> bool:
        """Whether a token's lemma or form is in one of several word classes of the lexicon."""
        return any(self.is_word(word_class, token) for word_class in word_classes)

    def frames_of_verb(self, token: Token) -> tuple[Frame, ...]:
        """The frames that a token evokes as a verb."""
        return self.knowledge.frames.get((token.lemma_.lower(), "verb"), ())

    def any_is_form(self, word_class: str, tokens: Iterable[Token]) -> bool:
        """Whether the very form of one of several tokens is in a word class of the lexicon."""
        return any(self.is_form(word_class, token) for token in tokens)

    def any_is_lemma(self, word_class: str, tokens: Iterable[Token]) -> bool:
        """Whether the lemma of one of several tokens is in a word class of the lexicon."""
        return any(self.is_lemma(word_class, token) for token in tokens)

    def any_is_word(self, word_class: str, tokens: Iterable[Token]) -> bool:
        """Whether one of several tokens is in a word class of the lexicon."""
        return any(self.is_word(word_class, token) for token in tokens)

    def of_class(self, word_class: str, tokens: Iterable[Token]) -> list[Token]:
        """Those of some tokens whose lemma or form is in a word class of the lexicon."""
        return [token for token in tokens if self.is_word(word_class, token)]

    def any_names(self, tokens: Iterable[Token]) -> bool:
        """Whether one of several tokens belongs to the name of a party."""
        return any(self.cast.at(token) is not None for token in tokens)
