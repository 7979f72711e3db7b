"""From a trigger, an actor and a matter to a statement: its clause, speakers, modality and date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product, takewhile

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kgraph.extract import attribution, clauses, matters
from kgraph.extract.assembly import dating_of, speakers_of, voice_of
from kgraph.extract.predicates import hangs_as, is_tagged
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules import factuality
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_holds, any_of
from kgraph.model.statement import Abstention, Mention, ReadStatement, Span
from kgraph.vocabulary import Modality, Polarity, Relation

# Tokens between a clause and an actor that still counts as standing in it
_ACTOR_WITHIN = 25


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a construction read of a move; ``statement`` fills in the rest.

    The matter is ``matter`` where the construction has made one, else the phrase whose head is ``object``, with
    ``addressee`` (who is to do it). ``modality`` and ``polarity`` are None where the words around the trigger decide.
    """

    relation: Relation
    trigger: Token
    actor: Actor | None
    object: Token | None = None
    addressee: Token | None = None
    matter: Mention | None = None
    content: Mention | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None


def statement(reading: Reading, draft: Draft) -> ReadStatement:
    """The statement that a draft stands for, with clause, speakers, modality and date."""
    trigger, actor = draft.trigger, draft.actor
    modality = draft.modality or factuality.modality(reading, trigger)
    extent = clause_of(reading, trigger, actor, draft.object)
    chain = attribution.sources(reading, trigger, actor)
    speakers = speakers_of(reading, draft.relation, trigger, chain, actor)
    dating, said_on = dating_of(reading, draft.relation, trigger, modality, chain, actor)
    return ReadStatement(
        document=reading.document.id,
        relation=draft.relation,
        span=reading.span(extent),
        quote=reading.words(extent),
        trigger=reading.span(clauses.itself(trigger)),
        actor=reading.mention(actor) if actor is not None else None,
        object=draft.matter or _matter(reading, draft),
        content=draft.content,
        speakers=reading.mentions(speakers),
        voice=voice_of(speakers, actor),
        polarity=draft.polarity or factuality.polarity(reading, trigger),
        modality=modality,
        dating=dating,
        said_on=said_on,
    )


def drafts(
    relation: Relation,
    trigger: Token,
    actors: Iterable[Actor],
    objects: Iterable[Token],
    polarity: Polarity | None = None,
) -> Iterator[Draft]:
    """The same move of each of some actors on each of some objects."""
    for actor, head in product(actors, objects):
        yield Draft(relation=relation, trigger=trigger, actor=actor, object=head, polarity=polarity)


def statements(reading: Reading, drafted: Iterable[Draft]) -> Iterator[ReadStatement]:
    """The statements that several drafts stand for."""
    return (statement(reading, draft) for draft in drafted)


def all_made(reading: Reading, drafted: Iterable[Draft]) -> Iterator[ReadStatement]:
    """The statements of several moves that their construction says are made."""
    return (made(reading, draft) for draft in drafted)


def made(reading: Reading, draft: Draft) -> ReadStatement:
    """The statement of a move that its construction says is made: positive, and actual unless drafted otherwise."""
    modality = draft.modality or Modality.actual
    return statement(reading, replace(draft, polarity=Polarity.positive, modality=modality))


def _matter(reading: Reading, draft: Draft) -> Mention | None:
    if draft.object is None:
        return None
    matter = _without_condition(reading, matters.matter(reading, draft.object, draft.addressee), draft.object)
    return _with_opening(reading, matter, draft.object) if draft.object.tag_ == "VB" else matter


def _with_opening(reading: Reading, matter: Mention, verb: Token) -> Mention:
    """ "agreed not to attack", "agreed on what to impose": what opens an infinitive is part of what was agreed."""
    nor = [c for c in clauses.children_with(verb.head, words.NOR, "cc") if c.i == verb.i - 1]
    openings = (*filter(_opens, verb.lefts), *nor)
    outside = [word for word in openings[:1] if reading.place(word) < matter.span.start]
    return reworded(reading, matter, outside[0]) if outside else matter


def _without_condition(reading: Reading, matter: Mention, verb: Token) -> Mention:
    """ "offered to free the crew if …", "agreed to pay on condition that …": what it hangs on is no part of it."""
    places = (reading.place(word) for word in verb.subtree if word.i > verb.i and any_of(BINDING, reading, word))
    inside = [place for place in places if matter.span.start < place < matter.span.end]
    return _cut(reading, matter, verb, min(inside)) if inside and clauses.is_verbal(verb) else matter


# What leads over to a condition: "if", "provided", "on condition"
BINDING: tuple[Callable[[Reading, Token], bool], ...] = (
    lambda reading, token: hangs_as("mark")(token) and token.lower_ in words.IF_OR_UNLESS,
    lambda reading, token: hangs_as("prep", "advcl")(token) and token.lower_ in words.PROVIDED,
    matters.is_proviso,
)


def _cut(reading: Reading, matter: Mention, verb: Token, end: int) -> Mention:
    """The matter with a wording that ends before a place of the text."""
    kept = [t for t in verb.sent if matter.span.start <= reading.place(t) < end]
    words_read = clauses.trim(reading.doc[kept[0].i : kept[-1].i + 1])
    span, name = reading.span(words_read), matters.name_of(reading, words_read)
    return replace(matter, span=span, text=reading.words(words_read), name=name, key=name.lower())


_opens = any_holds(hangs_as("neg"), is_tagged("WP", "WRB"))


def reworded(reading: Reading, matter: Mention, first: Token) -> Mention:
    """The matter with a wording that begins at another word."""
    start, end = reading.place(first), matter.span.end
    words_read = list(takewhile(lambda t: reading.place(t) < end, reading.doc[first.i :]))
    name = reading.label(reading.doc[first.i : first.i + len(words_read)])
    return replace(matter, span=Span(start, end), text=reading.document.text[start:end], name=name, key=name.lower())


def deed(reading: Reading, verb: Token) -> Mention:
    """What a verb says is done, without subject, auxiliaries and negation: the matter of an intention or a refusal."""
    matter = matters.matter(reading, verb)
    return reworded(reading, matter, verb)


def clause_of(reading: Reading, trigger: Token, actor: Actor | None, object_head: Token | None) -> Tokens:
    """The words from the first to the last of actor, trigger and object, within the sentence."""
    spans = [clauses.itself(trigger), *map(_extent, filter(None, (trigger, object_head)))]
    if actor is not None and abs(actor.span.start - trigger.i) < _ACTOR_WITHIN:
        spans.append(actor.span)
    sentence = trigger.sent
    inside = [s for s in spans if s.start >= sentence.start and s.end <= sentence.end]
    return clauses.trim(reading.doc[min(s.start for s in inside) : max(s.end for s in inside)])


def _extent(head: Token) -> Tokens:
    return clauses.clause_span(head) if clauses.is_verbal(head) else clauses.full_phrase(head)


def abstain(reading: Reading, relation: Relation, trigger: Token, reason: str) -> Abstention:
    """A clause that was not decided."""
    extent = _extent(trigger)
    return Abstention(
        document=reading.document.id,
        relation=relation,
        span=reading.span(extent),
        quote=reading.words(extent),
        reason=reason,
    )
