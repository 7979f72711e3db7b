"""From matched frames to statements: one record an actor and object, with speaker, polarity, modality and date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, matters, scope, temporal
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import frames
from kgraph.extract.rules.frames import Filler, Match
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation, Voice

_ACCEPTING = frozenset((Relation.agreesTo, Relation.supports))
_EVALUATIVE_NO = ("unacceptable", "premature", "nonstarter", "non-starter", "unrealistic", "unjustified")
_STATIVE = frozenset(
    "be have seem remain know think believe mean see need want like become happen get make win lose die last take come".split()
)
_OBLIGING = frozenset(("must", "should"))


def moves(reading: Reading, sentence: Span) -> Iterator[ReadStatement | Abstention]:
    """The statements of a sentence that frames with an actor and a matter evoke (meetings and figures are read elsewhere)."""
    used: set[int] = set()
    for found in frames.matches(reading, sentence):
        token = found.trigger
        if found.frame.reading in ("meeting", "figure") or token.i in used or _blocked(reading, found):
            continue
        used.add(token.i)
        yield from _statements(reading, found)
    for token in sentence:
        yield from _duties(reading, token)
        yield from _judgements(reading, token)
        yield from _own_acts(reading, token)
        if token.i not in used:
            yield from _intentions(reading, token)


def _blocked(reading: Reading, found: Match) -> bool:
    """A trigger inside an if-clause, below a refusal, or named only as the object of another move makes no move of its own."""
    token = found.trigger
    if (
        token.tag_ == "VBN"
        and token.dep_ in ("advcl", "dep")
        and not clauses.agents(token)
        and not clauses.children(token, "aux", "auxpass")
    ):
        return True  # "Asked whether …": a participle without its agent
    if scope.in_condition(token) or any(c.dep_ == "aux" and c.lower_ in _OBLIGING for c in token.children):
        return True
    upper = token.head
    if token.dep_ == "pcomp" and clauses.is_blaming(upper.head):
        return True
    if (
        token.tag_ == "VB"
        and token.dep_ in ("ccomp", "advcl")
        and any(c.tag_ == "TO" for c in token.children)
        and any(
            f.relation == Relation.callsFor for f in reading.knowledge.frames.get((upper.lemma_.lower(), "verb"), ())
        )
    ):
        return True
    if token.dep_ == "xcomp" and upper.pos_ in ("VERB", "ADJ"):
        above = [
            f
            for key in ("verb", "adjective")
            for f in reading.knowledge.frames.get((upper.lemma_.lower(), key), ())
            if f.reading is None
        ]
        if any(
            f.relation
            in (Relation.rejects, Relation.agreesTo, Relation.threatens, Relation.callsFor, Relation.proposes)
            for f in above
        ):
            return True
    if token.dep_ == "xcomp" and upper.lemma_ in ("continue", "begin", "want", "try", "seek", "help", "need"):
        return upper.lemma_ in ("want", "try", "seek", "need")
    if (
        found.frame.reading == "nominal"
        and token.dep_ == "dobj"
        and any(
            token.lemma_.lower() in f.support_nouns
            for f in reading.knowledge.frames.get((upper.lemma_.lower(), "verb"), ())
        )
    ):
        return True
    return False


def _statements(reading: Reading, found: Match) -> Iterator[ReadStatement | Abstention]:
    frame, token = found.frame, found.trigger
    actors = frames.actors_of(reading, found)
    if frame.actor_class == "actor":
        actors = [a for a in actors if a.party.kind != EntityType.Place]
    if not actors:
        if frame.reading != "nominal" or token.dep_ not in ("pobj",):
            yield abstain(reading, frame.relation, token, "nobody certain makes the move")
        return
    relation, polarity = frame.relation, scope.polarity(reading, token)
    refused = relation in _ACCEPTING and scope.is_refusal(token)
    if refused:
        relation, polarity = Relation.rejects, Polarity.positive
    if relation == Relation.signs and polarity == Polarity.negative:
        relation = Relation.agreesTo
    if frame.negated:
        polarity = Polarity.negative if polarity == Polarity.positive else Polarity.positive
    fillers = [
        filler
        for filler in found.fillers
        if not _unclear(reading, filler.head)
        and matters.is_matter(reading, filler.head)
        and _asks(reading, found, filler)
        and _is_move(found, filler)
    ]
    if frame.reading == "own-action":
        fillers = [f for f in fillers if f.slot != "that" or _own_deed(reading, f, actors)]
    if relation == Relation.agreesTo:
        fillers = [
            f
            for f in fillers
            if f.slot != "that"
            or not _speaks_ill(reading, f.head)
            and not (f.head.dep_ == "conj" and _speaks_ill(reading, f.head.head))
        ]
    if relation == Relation.supports and len(fillers) > 1:
        fillers = fillers[:1]
    if not fillers:
        yield abstain(reading, relation, token, "no matter is named")
        return
    for actor in actors:
        for filler in fillers:
            for statement in _record(reading, found, relation, polarity, actor, filler):
                yield replace(statement, modality=Modality.actual) if refused else statement


_SMALL_TALK = frozenset(
    "comment answer say elaborate speculate confirm discuss name identify specify speak give provide disclose".split()
)


def _is_move(found: Match, filler: Filler) -> bool:
    """ "declined to comment" refuses the reporter, not a negotiation."""
    return not (found.frame.relation == Relation.rejects and filler.slot == "inf" and filler.head.lemma_ in _SMALL_TALK)


def _unclear(reading: Reading, head: Token) -> bool:
    """A pronoun that stands for no matter and no party of the text."""
    return head.pos_ == "PRON" and matters.matter(reading, head).antecedent is None and not who(reading, head)


def _asks(reading: Reading, found: Match, filler: Filler) -> bool:
    """ "insists that X must …" and "hopes that X will …" ask for something; "insists that it is so" does not."""
    if found.frame.relation != Relation.callsFor or filler.slot != "that":
        return True
    modals = {c.lower_ for c in filler.head.children if c.dep_ == "aux"}
    if found.trigger.lemma_ in ("hope",):
        doers = [a for h in (*clauses.subjects(filler.head), *clauses.agents(filler.head)) for a in who(reading, h)]
        return bool(doers) and not any(c.dep_ == "neg" for c in filler.head.children)
    subjunctive = (
        filler.head.tag_ == "VB"
        or filler.head.tag_ == "VBP"
        and any(h.tag_ in ("NN", "NNP") and not clauses.children(h, "conj") for h in clauses.subjects(filler.head))
    )
    return (
        bool(modals & {"must", "should", "ought", "shall"})
        or subjunctive
        or filler.head.lemma_ == "need"
        or "have" in modals
    )


def _own_deed(reading: Reading, filler: Filler, actors: list[Actor]) -> bool:
    """A warning is a threat only where the warner, or the body it speaks for, will do it."""
    parties = {a.party for a in actors} | {attribution.spoken_for(reading, a) for a in actors}
    doers = {a.party for h in clauses.subjects(filler.head) for a in who(reading, h)}
    return bool(parties & doers)


def _record(
    reading: Reading, found: Match, relation: Relation, polarity: Polarity, actor: Actor, filler: Filler
) -> Iterator[ReadStatement]:
    token, frame = found.trigger, found.frame
    if relation == Relation.accuses:
        for target in who(reading, filler.head):
            if target.party != actor.party:
                yield assemble(
                    reading,
                    relation,
                    token,
                    actor,
                    filler.head,
                    polarity,
                    other=reading.mention(target),
                    content=_content(reading, found),
                )
        return
    if (
        relation == Relation.supports
        and frame.slots[0] == "obj"
        and filler.slot == "obj"
        and filler.head.pos_ == "PRON"
    ):
        named = [a for a in who(reading, filler.head) if a.party != actor.party]
        if not named:
            return
        yield assemble(reading, relation, token, actor, filler.head, polarity, other=reading.mention(named[0]))
        return
    statement = assemble(reading, relation, token, actor, filler.head, polarity, addressee=filler.addressee)
    if frame.object_is_trigger or frame.reading == "agent":
        statement = replace(
            statement, object=matters.matter(reading, token if frame.object_is_trigger else filler.head)
        )
    yield statement


def _content(reading: Reading, found: Match) -> Mention | None:
    for preposition in found.frame.content_slots:
        for head in clauses.prepositional(found.trigger, preposition) or [
            h for f in found.fillers for h in clauses.prepositional(f.head, preposition)
        ]:
            return matters.matter(reading, head)
    return None


def assemble(
    reading: Reading,
    relation: Relation,
    trigger: Token,
    actor: Actor | None,
    object_head: Token | None,
    polarity: Polarity,
    *,
    addressee: Token | None = None,
    other: Mention | None = None,
    content: Mention | None = None,
    modality: Modality | None = None,
    named: Mention | None = None,
) -> ReadStatement:
    """A statement with its clause, speaker, modality and date filled in from the parse."""
    matter = named or other or (matters.matter(reading, object_head, addressee) if object_head is not None else None)
    extent = clause_of(reading, trigger, actor, object_head)
    modality = modality or _modality(reading, relation, trigger)
    chain = attribution.sources(reading, trigger, actor)
    voice = voice_of(chain, actor)
    dating = temporal.date_of(reading, trigger, modality)
    reported = temporal.reported_on(reading, trigger)
    if dating.edtf is None and modality == Modality.actual and voice != Voice.other and reported.edtf is None:
        occasion = temporal.by_occasion(reading, trigger)
        dating = occasion if occasion.edtf else dating
    if (
        dating.edtf is None
        and reported.edtf
        and (voice == Voice.self or not chain)
        and modality != Modality.possible
        and relation != Relation.meets
    ):
        dating = reported
    return ReadStatement(
        document=reading.document.id,
        relation=relation,
        span=reading.span(extent),
        quote=reading.words(extent),
        trigger=reading.span(reading.doc[trigger.i : trigger.i + 1]),
        actor=reading.mention(actor) if actor is not None else None,
        object=matter,
        content=content,
        speakers=tuple(reading.mention(a) for a in chain),
        voice=voice,
        polarity=polarity,
        modality=modality,
        dating=dating,
        said_on=reported.edtf if chain else None,
    )


def _modality(reading: Reading, relation: Relation, trigger: Token) -> Modality:
    found = scope.modality(reading, trigger)
    if (
        found == Modality.actual
        and relation in (Relation.signs, Relation.mediates, Relation.withdrawsFrom)
        and scope.planned_by_governor(reading, trigger)
    ):
        return Modality.planned
    return found


def voice_of(chain: list[Actor], actor: Actor | None) -> Voice:
    """document, self or other: who vouches for the move."""
    if not chain:
        return Voice.document
    return Voice.self if actor is not None and chain[-1].party == actor.party else Voice.other


def clause_of(reading: Reading, trigger: Token, actor: Actor | None, object_head: Token | None) -> Span:
    """The words from the first to the last of actor, trigger and object, within the sentence."""
    spans = [reading.doc[trigger.i : trigger.i + 1]]
    if trigger.pos_ in ("VERB", "AUX"):
        spans.append(clauses.clause_span(trigger))
    else:
        spans.append(clauses.full_phrase(trigger))
    if object_head is not None:
        spans.append(
            clauses.full_phrase(object_head)
            if object_head.pos_ not in ("VERB", "AUX")
            else clauses.clause_span(object_head)
        )
    if actor is not None and abs(actor.span.start - trigger.i) < 25:
        spans.append(actor.span)
    sentence = trigger.sent
    inside = [s for s in spans if s.start >= sentence.start and s.end <= sentence.end]
    return clauses.trim(reading.doc[min(s.start for s in inside) : max(s.end for s in inside)])


def abstain(reading: Reading, relation: Relation, trigger: Token, reason: str) -> Abstention:
    """A clause that was not decided."""
    extent = clauses.clause_span(trigger) if trigger.pos_ in ("VERB", "AUX") else clauses.full_phrase(trigger)
    return Abstention(
        document=reading.document.id,
        relation=relation,
        span=reading.span(extent),
        quote=reading.words(extent),
        reason=reason,
    )


def _duties(reading: Reading, verb: Token) -> Iterator[ReadStatement]:
    """ "X must …", said by somebody: a call; a plan called unacceptable: a rejection."""
    if verb.pos_ not in ("VERB", "AUX") or scope.in_condition(verb):
        return
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    needs = verb.lemma_ == "need" and clauses.children(verb, "xcomp")
    judged = [c for c in clauses.children(verb, "acomp", "oprd") if c.lower_ in _EVALUATIVE_NO]
    if not (auxiliaries & _OBLIGING or needs or judged) or verb.dep_ in ("relcl",) or "have" in auxiliaries:
        return
    chain = attribution.sources(reading, verb) or attribution.author(reading)
    own = [a for head in clauses.subjects(verb) for a in who(reading, head)]
    if not chain:
        return
    speaker = chain[-1]
    body = (
        attribution.spoken_for(reading, speaker)
        if speaker.party.kind == EntityType.Person and _voices_office(speaker)
        else None
    )
    actor = Actor(body, speaker.span, certainty=0.7) if body is not None else speaker
    if judged:
        for head in clauses.subjects(verb):
            if matters.kind_of(reading, head) != EntityType.Measure or reading.is_word("matter-class", head):
                yield assemble(reading, Relation.rejects, verb, actor, head, Polarity.positive)
        return
    if own and own[0].party == actor.party:
        return
    if (
        not clauses.children(verb, "nsubj", "nsubjpass")
        or verb.dep_ == "ccomp"
        and any(
            f.relation == Relation.agreesTo
            for f in reading.knowledge.frames.get((verb.head.lemma_.lower(), "verb"), ())
        )
    ):
        return
    yield assemble(reading, Relation.callsFor, verb, actor, verb, Polarity.positive, modality=Modality.actual)


def _own_acts(reading: Reading, noun: Token) -> Iterator[ReadStatement]:
    """ "by her own decree, the governor has …": whose act it is has enacted it."""
    if (
        not reading.is_word("act-noun", noun)
        or noun.dep_ != "pobj"
        or noun.head.lower_ not in ("through", "by", "in", "under", "with")
    ):
        return
    verb = clauses.governing_clause(noun)
    for actor in (a for owner in clauses.children(noun, "poss") for a in _owner(reading, owner, verb)):
        yield assemble(
            reading,
            Relation.enacts,
            verb,
            actor,
            noun,
            Polarity.positive,
            modality=Modality.actual,
            named=matters.matter(reading, noun),
        )


def _owner(reading: Reading, owner: Token, verb: Token) -> list[Actor]:
    """A possessive pronoun before the subject of its own clause looks forward to that subject."""
    if owner.pos_ == "PRON":
        later = [a for h in clauses.subjects(verb) if h.i > owner.i for a in who(reading, h)]
        if later:
            return [Actor(a.party, reading.doc[owner.i : owner.i + 1], a.span, 0.85) for a in later[:1]]
    return who(reading, owner)


def _intentions(reading: Reading, verb: Token) -> Iterator[ReadStatement]:
    """ "We will not negotiate", "it would cooperate, Oslo said": what a party says it will not do it rejects; what it says it will do it
    agrees to, planned."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if (
        verb.pos_ != "VERB"
        or not auxiliaries & {"will", "would", "wo", "'ll"}
        or clauses.is_passive(verb)
        or scope.in_condition(verb)
        or "have" in auxiliaries
        or verb.lemma_ in _STATIVE
        or verb.dep_ in ("relcl", "advcl")
    ):
        return
    refused = any(c.dep_ == "neg" for c in verb.children)
    chain = attribution.sources(reading, verb)
    for actor in (a for head in clauses.subjects(verb) for a in who(reading, head)):
        own = (
            actor.party in (chain[-1].party, attribution.spoken_for(reading, chain[-1]))
            if chain
            else temporal.is_official(reading)
        )
        if own and not any(
            c.dep_ == "advcl" and {m.lower_ for m in c.children} & {"if", "unless"} for c in verb.children
        ):
            yield assemble(
                reading,
                Relation.rejects if refused else Relation.agreesTo,
                verb,
                actor,
                verb,
                Polarity.positive,
                modality=Modality.actual if refused else Modality.planned,
            )


def _judgements(reading: Reading, verb: Token) -> Iterator[ReadStatement]:
    """A party says that a plan would do harm: it rejects the plan. It calls a thing good: it supports it."""
    if verb.pos_ != "VERB":
        return
    if verb.lemma_ in ("describe", "call", "hail", "characterize", "characterise", "term"):
        yield from _called(reading, verb)
        return
    if not (reading.knowledge.is_word("reporting-verb", verb.lemma_.lower())):
        return
    for clause in clauses.children(verb, "ccomp"):
        yield from _blame(reading, verb, clause)
        subject = next((c for c in clause.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")), None)
        would = any(c.dep_ == "aux" and c.lower_ in ("would", "will", "could") for c in clause.children)
        if (
            subject is None
            or not would
            or not (reading.is_word("matter-class", subject) or reading.is_word("measure-noun", subject))
        ):
            continue
        if _speaks_ill(reading, clause):
            for actor in (a for head in clauses.subjects(verb) for a in who(reading, head)):
                yield assemble(
                    reading, Relation.rejects, verb, actor, subject, Polarity.positive, modality=Modality.actual
                )


def _blame(reading: Reading, verb: Token, clause: Token) -> Iterator[ReadStatement]:
    """ "A said that B is responsible for …", "is the only obstacle to …": A accuses B."""
    words = [c for c in clauses.children(clause, "acomp", "attr") if reading.is_word("blaming", c)]
    if clause.lemma_ != "be" or not words or any(c.dep_ == "neg" for c in clause.children):
        return
    for target in (a for h in clauses.subjects(clause) for a in who(reading, h)):
        for actor in (a for h in clauses.subjects(verb) for a in who(reading, h)):
            if actor.party != target.party:
                yield assemble(
                    reading,
                    Relation.accuses,
                    clause,
                    actor,
                    words[0],
                    Polarity.positive,
                    other=reading.mention(target),
                    content=matters.matter(reading, words[0]),
                    modality=Modality.actual,
                )


def _called(reading: Reading, verb: Token) -> Iterator[ReadStatement]:
    words = [
        t
        for t in verb.subtree
        if t.dep_ in ("oprd", "amod", "acomp", "pobj", "conj", "ccomp", "xcomp", "advcl") and t.i > verb.i
    ]
    good = any(reading.is_word("evaluative-positive", t) for t in words)
    ill = any(reading.is_word("evaluative-negative", t) for t in words)
    objects = [
        h
        for h in clauses.direct_objects(verb)
        if reading.is_word("matter-class", h) or reading.is_word("meeting-noun", h)
    ]
    if good == ill or not objects:
        return
    for actor in (a for head in clauses.subjects(verb) for a in who(reading, head)):
        yield assemble(
            reading,
            Relation.supports if good else Relation.rejects,
            verb,
            actor,
            objects[0],
            Polarity.positive,
            modality=Modality.actual,
        )


def _speaks_ill(reading: Reading, clause: Token) -> bool:
    predicate = [clause, *clauses.children(clause, "xcomp", "acomp", "attr", "dobj", "oprd")]
    predicate += [c for p in predicate for c in clauses.children(p, "amod", "xcomp", "dobj")]
    return any(reading.is_word("evaluative-negative", t) for t in predicate)


def _voices_office(speaker: Actor) -> bool:
    return bool(speaker.party.roles & {"spokesman", "spokeswoman", "spokesperson"})
