"""What the analyses take: the statements of a graph, what its things are called and are about, and its texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from kgraph.identifiers import document_iri
from kgraph.knowledge import Knowledge
from kgraph.link.names import is_proper
from kgraph.link.phrases import actors_in
from kgraph.model.dates import in_words
from kgraph.model.entity import StoredEntity
from kgraph.model.statement import LinkedMention, Statement
from kgraph.model.wording import Sentences
from kgraph.namespaces import iri, local_name
from kgraph.rdf.graph import Graph
from kgraph.rdf.mapping import Columns
from kgraph.vocabulary import EntityType, Term, Voice

# Words of a text that can stand in a sentence about a finding.
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement stands, who says so, when it took place, and how sure the reading is.

    All is made when it is asked for: most findings are counted and sorted, and few are shown.
    """

    _of: Statement
    _corpus: Corpus = field(repr=False, compare=False)

    @property
    def statement(self) -> str:
        """The IRI of the statement."""
        return self._of.id

    @property
    def document(self) -> str:
        """The id of the document that it stands in."""
        return self._of.document

    @property
    def start(self) -> int:
        """The first character of its clause."""
        return self._of.span.start

    @property
    def end(self) -> int:
        """The end of its clause."""
        return self._of.span.end

    @property
    def before(self) -> str:
        """What stands in front of the clause in its sentence."""
        return self._corpus.around(self._of)[0]

    @property
    def quote(self) -> str:
        """The clause."""
        return self._of.quote

    @property
    def after(self) -> str:
        """What stands behind the clause in its sentence."""
        return self._corpus.around(self._of)[1]

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of who says so, from the outermost to the innermost."""
        return tuple(speaker.label for speaker in self._of.speakers)

    @property
    def alleged(self) -> bool:
        """Whether somebody else says it of the party."""
        return self._of.voice == Voice.other

    @property
    def when(self) -> str:
        """The date in words."""
        return when(self._of)

    @property
    def reported(self) -> str:
        """The ISO day of the document, or ""."""
        return self._of.reported_on or ""

    @property
    def confidence(self) -> float:
        """How sure the reading is (0 to 1)."""
        return self._of.confidence

    def record(self) -> dict[str, object]:
        """All of it by name."""
        return {name: getattr(self, name) for name in _EVIDENCE}


_EVIDENCE = tuple(name for name, value in vars(Evidence).items() if isinstance(value, property))


class Corpus:
    """All statements of a graph, or those ``within`` a choice of IRIs and at least as sure as ``least``, with what is
    known around them.
    """

    def __init__(self, graph: Graph, within: Collection[str] | None = None, least: float = 0.0) -> None:
        self.graph = graph
        self._within, self._least = within, least
        self._sentences: dict[str, Sentences] = {}
        self._sides: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._named: dict[str, bool] = {}

    @property
    def knowledge(self) -> Knowledge:
        """What the graph's readers were told beforehand."""
        return self.graph.knowledge

    @property
    def choice(self) -> tuple[frozenset[str] | None, float]:
        """Which statements of the graph these are: those within, and the least confidence."""
        return None if self._within is None else frozenset(self._within), self._least

    def only(self, wanted: Callable[[Statement], bool]) -> Corpus:
        """The same without all other statements; what is known around them is shared."""
        found = copy(self)
        found.statements = {ident: s for ident, s in self.statements.items() if wanted(s)}
        return found

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Every statement by IRI, in the order of their IRIs."""
        chosen = (
            statement
            for statement in self.graph.statements()
            if statement.confidence >= self._least and (self._within is None or statement.id in self._within)
        )
        return {statement.id: statement for statement in sorted(chosen, key=lambda s: s.id)}

    @cached_property
    def entities(self) -> dict[str, StoredEntity]:
        """The things of the graph by IRI."""
        return dict(self.graph.entities())

    @cached_property
    def texts(self) -> dict[str, str]:
        """The documents' texts by id."""
        return {document.id: document.text for document in self.graph.documents()}

    def issues(self, thing: str) -> tuple[str, ...]:
        """The issues that a thing is about."""
        known = self.entities.get(thing)
        return known.issues if known is not None else ()

    def kind(self, thing: str) -> EntityType | None:
        """The type of a thing; None for what is no actor, matter, meeting, figure or place."""
        known = self.entities.get(thing)
        return known.type if known is not None else None

    def label(self, thing: str) -> str:
        """What a thing is called; a document by its id."""
        # Whom only an adjective names ("Swedish soldiers") is no thing of the graph, but known all the same.
        known = self.entities.get(thing) or self.knowledge.actors.get(thing)
        return known.label if known is not None else self._other_labels(thing)

    def side_of(self, party: str) -> str:
        """Whom a party stands for: a person or body that acts for a state or an organization counts with it."""
        if party not in self._sides:
            self._sides[party] = self._side_of(party)
        return self._sides[party]

    def _side_of(self, party: str) -> str:
        known = self.entities.get(party)
        if known is None:
            return party
        if known.acts_for is not None:
            return known.acts_for
        bodies = [self.entities[body] for body in known.member_of if body in self.entities]
        return next((body.acts_for or body.id for body in bodies), party)

    def is_named(self, party: str) -> bool:
        """Whether a party's name tells who it is: it is known or a person's, or names somebody ("the Chilean miners",
        not "many people" or "its allies").
        """
        if party not in self._named:
            self._named[party] = self._has_a_name(party)
        return self._named[party]

    def _has_a_name(self, party: str) -> bool:
        name = self.label(party)
        if self.kind(party) not in (EntityType.Group, EntityType.Organization) or is_proper(name):
            return any(letter.isupper() for letter in name)
        return bool(actors_in(name, self.knowledge)) or any(word[:1].isupper() for word in name.split()[1:])

    def source(self, statement: Statement) -> str:
        """Who answers for a statement before the reader: the outermost speaker, else the document, of a reprint the
        original (IRIs).
        """
        if statement.speakers:
            return statement.speakers[0].entity
        if statement.document not in self._sources:
            document = document_iri(statement.document)
            self._sources[statement.document] = self._originals.get(document, document)
        return self._sources[statement.document]

    def evidence(self, statement: Statement) -> Evidence:
        """A statement's evidence."""
        return Evidence(statement, self)

    def around(self, statement: Statement) -> tuple[str, str]:
        """What stands before and after a statement's clause within its sentence."""
        return self._sentences_of(statement.document).around(statement.span.start, statement.span.end)

    def sentence_of(self, statement: Statement) -> tuple[str, int]:
        """The sentence that a statement stands in: its document, and where it begins."""
        return statement.document, statement.span.start - len(self.around(statement)[0])

    def _sentences_of(self, document: str) -> Sentences:
        if document not in self._sentences:
            self._sentences[document] = Sentences(self.texts.get(document, ""))
        return self._sentences[document]

    def _other_labels(self, thing: str) -> str:
        if thing not in self._labels:
            columns = Columns(self.graph.store, whole=False)
            label = columns.first(thing, iri("skos:prefLabel")) or columns.first(thing, iri("dcterms:identifier"))
            self._labels[thing] = label or local_name(thing)
        return self._labels[thing]

    @cached_property
    def _originals(self) -> dict[str, str]:
        """The document that a reprint repeats, by the reprint."""
        columns = Columns(self.graph.store, whole=True)
        reprints = ((d, columns.first(d, Term.reprintOf)) for d in columns.subjects(iri("rdf:type"), Term.Document))
        return {reprint: original for reprint, original in reprints if original is not None}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {issue.iri: issue.label for issue in self.knowledge.issues}


def party(statement: Statement) -> str:
    """The IRI of who makes the move; "" for a meeting."""
    return statement.actor.entity if statement.actor is not None else ""


def matter(statement: Statement) -> str:
    """The IRI of what the move is about, "" where it is about nothing."""
    return statement.object.entity if statement.object is not None else ""


def condition(statement: Statement) -> str:
    """The IRI of what must come first, "" where nothing must."""
    return statement.condition.entity if statement.condition is not None else ""


def least_confidence(statements: Iterable[Statement]) -> float:
    """The confidence of the statement that a finding can trust least."""
    return min((statement.confidence for statement in statements), default=0.0)


def how_matched(mentions: Iterable[LinkedMention | None]) -> str:
    """How mentions of one matter were matched, in words: one wording, or the wordings that were linked."""
    wordings = dict.fromkeys(" ".join(mention.text.split()) for mention in mentions if mention is not None)
    distinct = list({wording.casefold(): wording for wording in wordings}.values())
    if len(distinct) < 2:
        return "same matter, one wording"
    return f"same matter, linked from {' and '.join(f'“{wording}”' for wording in distinct[:3])}"


def worded(mention: LinkedMention | None) -> str:
    """What a mention names, in the words of its text where they can be read alone; else what it is called."""
    if mention is None:
        return ""
    words = mention.text.split()
    if mention.antecedent is not None or len(words) > _MOST_WORDS:
        return mention.label
    return " ".join(words)


def when(statement: Statement) -> str:
    """The date in words; what is undated is placed at its report, and says so."""
    dating = statement.dating
    if dating.edtf or statement.reported_on is None:
        return in_words(dating.edtf, dating.earliest, dating.latest)
    return f"undated, reported on {in_words(statement.reported_on)}"
