"""From what the network found to statements: words become parties and matters through the shared services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kgraph.extract import attribution, clauses, descriptions, matters, scope
from kgraph.extract.affiliation import voiced
from kgraph.extract.assembly import dating_of, speakers_of, voice_of
from kgraph.extract.candidates import standing_for
from kgraph.extract.names import Party
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import factuality, figures, meetings, moves
from kgraph.extract.tables import any_of, first_filled
from kgraph.extract.trained.decoding import Prediction, log_odds
from kgraph.extract.trained.labels import NO_MOVE, Factuality, Part
from kgraph.extract.trained.phrases import Phrase, party_phrases, phrases
from kgraph.model.statement import ACTOR_TYPES, Mention, ReadStatement, Span
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation

# The least that a named party is trusted with, and what a name that was learned to be meant adds.
_UNNAMED, _LEARNED = 0.5, 0.8
_MODALITIES = {
    Factuality.planned: Modality.planned,
    Factuality.possible: Modality.possible,
    Factuality.conditional: Modality.conditional,
}
# What the network mistakes for moves most often, told by the parse.
_NO_MOVE = (
    scope.in_direct_question,
    factuality.agrees_on_a_fact,
    factuality.agrees_not_to,
    factuality.only_performs,
)
# Parts that are parties and nothing else.
_OF_PARTIES = frozenset((Part.actor, Part.participant, Part.speaker, Part.antecedent))
# Parts whose words belong to the clause of a move, where they stand in its sentence.
_IN_THE_CLAUSE = (Part.actor, Part.object, Part.condition, Part.content, Part.participant, Part.place)
# A mention of at most so many words may point back ("the proposal"): longer ones say themselves what they mean.
_POINTING_WORDS = 4


@dataclass(frozen=True)
class _Move:
    """A prediction with what its words are in the parse."""

    reading: Reading
    prediction: Prediction
    words: Tokens

    @property
    def trigger(self) -> Token:
        """The head of the words that evoke the relation."""
        return self.words.root

    @property
    def relation(self) -> Relation:
        return self.prediction.trigger.relation

    def phrases(self, part: Part) -> list[Phrase]:
        """The phrases that stand for a part, in text order."""
        runs = self.prediction.parts.get(part, ())
        if not runs:
            return []
        if part in _OF_PARTIES:
            return party_phrases(self.reading.doc, runs, self.words)
        return phrases(self.reading.doc, runs)


def statements(reading: Reading, prediction: Prediction) -> Iterator[ReadStatement]:
    """The statements of one trigger: one for each actor and object; none where the text holds no move."""
    span = prediction.trigger.span
    tokens = reading.tokens_at(span.start, span.end)
    if prediction.most_likely in NO_MOVE or any_of(_NO_MOVE, reading, tokens.root):
        return
    move = _Move(reading, prediction, tokens)
    if move.relation in OF_RELATION:
        yield from OF_RELATION[move.relation](move)
    else:
        for actor, matter in product(_actors(move, Part.actor), _matters(move, Part.object)):
            yield replace(_statement(move, actor), object=matter)


def _accusations(move: _Move) -> Iterator[ReadStatement]:
    content = next(iter(_matters(move, Part.content)), None)
    for actor, accused in product(_actors(move, Part.actor), _actors(move, Part.object)):
        if accused.party != actor.party:
            yield replace(_statement(move, actor), object=move.reading.mention(accused), content=content)


def _threats(move: _Move) -> Iterator[ReadStatement]:
    """A warning ("warned that an invasion would bring suffering") is a threat only where the warner will do it."""
    warning = any(f.reading == "own-action" for f in factuality.frames_of(move.reading, move.trigger))
    for actor, phrase in product(_actors(move, Part.actor), move.phrases(Part.object)):
        matter, done = _matter(move.reading, phrase.tokens), clauses.clause_top(phrase.tokens.root)
        foreign = warning and clauses.is_verbal(done) and not moves.is_own_deed(move.reading, [actor], done)
        if matter is not None and not foreign:
            yield replace(_statement(move, actor), object=matter)


def _conditions(move: _Move) -> Iterator[ReadStatement]:
    sides = _matters(move, Part.object), _matters(move, Part.condition)
    setters = distinct([voiced(move.reading, actor) for actor in _actors(move, Part.actor)])
    for actor, matter, condition in product(setters, *sides):
        yield replace(_statement(move, actor), object=matter, condition=condition)


def _statement(move: _Move, actor: Actor | None, about: tuple[Actor, ...] = ()) -> ReadStatement:
    """A statement with all that does not depend on its matter."""
    reading, held = move.reading, move.prediction.most_likely
    modality = _MODALITIES.get(held, Modality.actual)
    if move.relation == Relation.conditionsOn and modality == Modality.conditional:
        modality = Modality.actual
    chain = _speakers(move, actor)
    speakers = speakers_of(reading, move.relation, move.trigger, chain, actor)
    dating, said_on = dating_of(reading, move.relation, move.trigger, modality, chain, actor)
    span = _clause(move)
    return ReadStatement(
        document=reading.document.id,
        relation=move.relation,
        span=span,
        quote=reading.document.text[span.start : span.end],
        trigger=reading.span(move.words),
        actor=reading.mention(actor) if actor is not None else None,
        participants=tuple(reading.mention(a) for a in about),
        speakers=tuple(reading.mention(a) for a in speakers),
        voice=voice_of(speakers, actor),
        polarity=Polarity.negative if held == Factuality.negated else Polarity.positive,
        modality=modality,
        dating=dating,
        said_on=said_on,
        signals=tuple(_signals(move)),
    )


def _signals(move: _Move) -> Iterator[tuple[str, float]]:
    """How sure the network is of the trigger, of a move at all, and of the words that stand for each part."""
    held = move.prediction.factuality
    yield "trigger", log_odds(move.prediction.trigger.score)
    yield "move", log_odds(1 - sum(held[name] for name in NO_MOVE))
    yield "made", log_odds(held[move.prediction.most_likely])
    for part in (Part.actor, Part.object, Part.condition, Part.participant):
        scores = [phrase.score for phrase in move.phrases(part)]
        if scores:
            yield str(part), log_odds(min(scores))
            yield f"several of {part}", float(len(scores) > 1)


def _clause(move: _Move) -> Span:
    """The words from the first to the last of trigger and parts within the trigger's sentence."""
    sentence = move.trigger.sent
    found = (phrase.tokens for part in _IN_THE_CLAUSE for phrase in move.phrases(part))
    spans = [move.words, *(tokens for tokens in found if sentence.start <= tokens.start < sentence.end)]
    return move.reading.span(move.reading.doc[min(s.start for s in spans) : max(s.end for s in spans)])


def _actors(move: _Move, *parts: Part) -> list[Actor]:
    """The parties that words stand for, each once."""
    named = (phrase.tokens for part in parts for phrase in move.phrases(part))
    return distinct([actor for tokens in named for actor in _parties(move, tokens)])


def _parties(move: _Move, tokens: Tokens) -> list[Actor]:
    reading, head = move.reading, tokens.root
    learned = _learned_antecedent(move, tokens) if _points_back(reading, tokens) else []
    if learned:
        return learned
    named = [a for a in who(reading, head) if a.antecedent is not None or _overlaps(a.span, tokens)]
    inside = _named_inside(reading, tokens)
    if named:
        return [*named, *(a for a in inside if a.party.kind == named[0].party.kind)]
    # What else the network takes for an actor ("storm") is none.
    if inside or not descriptions.is_role(reading, head):
        return inside
    return [Actor(Party(matters.name_of(reading, tokens), EntityType.Group), tokens, certainty=_UNNAMED)]


def _points_back(reading: Reading, tokens: Tokens) -> bool:
    """Whether words name nobody themselves: a pronoun, or a description without a name in it."""
    return tokens.root.pos_ == "PRON" or not reading.any_names(tokens)


def _learned_antecedent(move: _Move, tokens: Tokens) -> list[Actor]:
    """The named party that the network takes the words to point to."""
    elsewhere = (p.tokens for p in move.phrases(Part.antecedent) if not _overlaps(p.tokens, tokens))
    namings = first_filled(move.reading.cast.among(words, ACTOR_TYPES) for words in elsewhere)
    return [standing_for(naming, tokens, _LEARNED) for naming in namings[:1]]


def _named_inside(reading: Reading, tokens: Tokens) -> list[Actor]:
    """Parties named within words, whatever the parse makes of their coordination: "Accra and Lomé".

    Not what only describes another word of them: "the Ghanaian-led team", "the Prime Minister of Ghana".
    """
    naming_tokens = (token for token in tokens if not _describes(token, tokens))
    namings = dict.fromkeys(reading.cast.among(naming_tokens, ACTOR_TYPES))
    return [reading.actor(naming, 0.7) for naming in namings]


def _describes(token: Token, tokens: Tokens) -> bool:
    """Whether a word says whose or what kind of thing another one of the same phrase is."""
    top = clauses.first_conjunct(token)
    inside = top.dep_ == "pobj" and tokens.start <= top.head.i < tokens.end
    return inside or token.dep_ in ("amod", "compound", "nmod", "poss")


def _overlaps(one: Tokens, other: Tokens) -> bool:
    return one.start < other.end and other.start < one.end


def _matters(move: _Move, part: Part) -> list[Mention]:
    found = (_matter(move.reading, phrase.tokens) for phrase in move.phrases(part))
    return [mention for mention in found if mention is not None]


def _matter(reading: Reading, tokens: Tokens) -> Mention | None:
    """Words as a matter; None for a pronoun that stands for nothing in the text."""
    head = tokens.root
    if len(tokens) <= _POINTING_WORDS:
        pointed = matters.matter(reading, head)
        if pointed.antecedent is not None or _is_cut_short(tokens, head):
            return pointed
        if head.pos_ == "PRON":
            people = who(reading, head)
            return reading.mention(people[0]) if people else None
    key = matters.key_of(reading, tokens) if clauses.is_nominal(head) else None
    return reading.thing(tokens, matters.name_of(reading, tokens), matters.kind_of(reading, head), key)


def _is_cut_short(tokens: Tokens, noun: Token) -> bool:
    """ "the deal", of "the deal to free the sailors": the network marked a noun without what tells which one."""
    alone = clauses.is_nominal(noun) and all(t == noun or t.dep_ == "det" for t in tokens)
    return alone and any(child.i >= tokens.end for child in clauses.children(noun, "prep", "acl"))


def _speakers(move: _Move, actor: Actor | None) -> list[Actor]:
    """The chain of speakers: the rules' where they find one, else whom the network takes to be speaking."""
    chain = attribution.sources(move.reading, move.trigger, actor)
    if chain:
        return chain
    return _actors(move, Part.speaker)[:1]


def _meetings(move: _Move) -> Iterator[ReadStatement]:
    people = _actors(move, Part.participant, Part.actor)
    if len(people) < 2 and all(a.party.kind != EntityType.Group for a in people):
        return
    noun = _meeting_noun(move)
    meeting = meetings.named_meeting(move.reading, noun, people) if noun is not None else _met(move, people)
    places = [
        move.reading.thing(p.tokens, move.reading.words(p.tokens), EntityType.Place) for p in move.phrases(Part.place)
    ]
    yield replace(_statement(move, None, tuple(people)), object=meeting, place=next(iter(places), None))


def _meeting_noun(move: _Move) -> Token | None:
    heads = (phrase.tokens.root for phrase in move.phrases(Part.object))
    return next(filter(clauses.is_nominal, (*heads, move.trigger)), None)


def _met(move: _Move, people: list[Actor]) -> Mention:
    names = [a.party.name for a in people]
    key = f"meeting {' '.join(sorted(name.lower() for name in names))}"
    met = move.reading.thing(move.words, f"meeting of {' and '.join(names[:4])}", EntityType.Meeting, key)
    return replace(met, short_name=meetings.short_name(move.reading, "meeting", people))


def _claims(move: _Move) -> Iterator[ReadStatement]:
    """A figure with who gives it; what is counted is worded as the text has it."""
    reading = move.reading
    parts = move.phrases(Part.counted)[:1], move.phrases(Part.value)[:1]
    for counted, number, actor in product(*parts, _actors(move, Part.actor)[:1]):
        value, what = figures.value_of(number.tokens), matters.name_of(reading, counted.tokens)
        if value is not None:
            name, key = f"{reading.words(number.tokens)} {what}", f"{value:g} {what.lower()}"
            figure = reading.thing(number.tokens, name, EntityType.Figure, key)
            yield replace(_statement(move, actor), object=figure, value=value, what=what)


# Relations whose statements are not one for each actor and object.
OF_RELATION: dict[Relation, Callable[[_Move], Iterator[ReadStatement]]] = {
    Relation.accuses: _accusations,
    Relation.claims: _claims,
    Relation.conditionsOn: _conditions,
    Relation.meets: _meetings,
    Relation.threatens: _threats,
}
