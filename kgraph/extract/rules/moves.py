"""Moves of an actor on a matter: what the lexicon's frames evoke, and what duties, judgements, intentions imply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, matters, scope
from kgraph.extract.affiliation import spoken_for
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import accords, duties, frames
from kgraph.extract.rules.construction import Construction, fails, hangs_as, is_a, is_word, under, under_any_of
from kgraph.extract.rules.duties import is_stated
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes, frames_of, is_not_made, polarity
from kgraph.extract.rules.frames import Filler, Match
from kgraph.extract.rules.phrases import parties, sayers
from kgraph.extract.rules.statements import Draft, abstain, deed, made, reworded, statement
from kgraph.extract.speakers import reports
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation

Moves = Iterator[ReadStatement | Abstention]

# "will not sign" and "will never back" are refusals
_ACCEPTING = frozenset((Relation.agreesTo, Relation.supports, Relation.signs))


def moves(reading: Reading, sentence: Span) -> Moves:
    """The moves of a sentence; each word is read by the first construction that reads a statement in it."""
    for token in sentence:
        for construction in MOVES:
            items = list(construction.read(reading, token) or ())
            yield from items
            if any(isinstance(item, ReadStatement) for item in items):
                break


# Frames of the lexicon


def _framed(reading: Reading, token: Token) -> Moves:
    found = _match(reading, token)
    if found is None:
        return
    actors = _actors(reading, found)
    if not actors:
        if token.dep_ != "pobj" or found.frame.reading != "nominal":
            yield abstain(reading, found.frame.relation, token, "nobody certain makes the move")
        return
    relation, denied, modality = _turned(reading, found, actors)
    fillers = [f for f in found.fillers if all(fits(reading, found, f, actors) for fits in FILLER_TESTS)]
    if not fillers:
        yield abstain(reading, relation, token, "no matter is named")
    for actor in actors:
        for filler in fillers:
            for draft in _drafts(reading, found, relation, actor, filler):
                yield statement(reading, replace(draft, polarity=denied, modality=modality))


def _match(reading: Reading, token: Token) -> Match | None:
    """The frame of a move that the token evokes and that is made (meetings and figures are read elsewhere)."""
    found = frames.match(reading, token)
    if found is None or found.frame.reading in ("meeting", "figure"):
        return None
    return None if is_not_made(reading, token) or _is_object_of_light_verb(reading, found) else found


def _is_object_of_light_verb(reading: Reading, found: Match) -> bool:
    """ "made an offer": the frame of the light verb reads the noun."""
    token, verb = found.trigger, found.trigger.head
    if found.frame.reading != "nominal" or token.dep_ != "dobj":
        return False
    light = reading.knowledge.frames.get((verb.lemma_.lower(), "verb"), ())
    return any(token.lemma_.lower() in frame.support_nouns for frame in light)


def _actors(reading: Reading, found: Match) -> list[Actor]:
    actors = frames.actors_of(reading, found)
    if found.frame.actor_class == "actor":
        actors = [a for a in actors if a.party.kind != EntityType.Place]
    return [a for a in actors if a.span[0].lower_ not in words.ANY]


def _turned(reading: Reading, found: Match, actors: list[Actor]) -> tuple[Relation, Polarity, Modality | None]:
    """Relation, polarity and modality: "will not accept" rejects; "did not sign" is a negated consent; what several
    adopt they sign, what a body adopts it enacts."""
    relation, denied = found.frame.relation, polarity(reading, found.trigger)
    by_a_body = [a.party.kind for a in actors] == [EntityType.Organization]
    if relation == Relation.signs and by_a_body and reading.is_word("adopting-verb", found.trigger):
        relation = Relation.enacts
    if relation in _ACCEPTING and scope.is_refusal(reading, found.trigger):
        return Relation.rejects, Polarity.positive, Modality.actual
    if relation == Relation.signs and denied == Polarity.negative:
        relation = Relation.agreesTo
    if found.frame.negated:
        denied = Polarity.positive if denied == Polarity.negative else Polarity.negative
    intended = Modality.planned if reading.is_word("intending-verb", found.trigger) else None
    return relation, denied, intended


def _drafts(reading: Reading, found: Match, relation: Relation, actor: Actor, filler: Filler) -> Iterator[Draft]:
    token, head = found.trigger, filler.head
    if relation == Relation.accuses:
        targets = _each_other(reading, token, head) or who(reading, head)
        content = _content(reading, found) if targets else matters.matter(reading, head)
        yield from _accusations(reading, token, [actor], targets or _culprits(reading, head), head, content)
        return
    if _backs_a_party(found, relation, filler) and matters.parallel(reading, head) is None:
        named = [a for a in who(reading, head) if a.party != actor.party][:1]
        for party in named:
            yield Draft(relation=relation, trigger=token, actor=actor, object=head, matter=reading.mention(party))
        return
    addressee = None if found.frame.reading == "agent" else filler.addressee
    matter = _other_than_the_object(reading, found, filler)
    yield Draft(relation=relation, trigger=token, actor=actor, object=head, addressee=addressee, matter=matter)


def _other_than_the_object(reading: Reading, found: Match, filler: Filler) -> Mention | None:
    """The matter where it is not what fills the frame's slot alone: the trigger, or a deed that is warned against."""
    if found.frame.object_is_trigger:
        return matters.matter(reading, found.trigger)
    against = filler.head.dep_ == "pobj" and filler.slot.removeprefix("obj>") in words.AGAINST
    if found.frame.relation == Relation.callsFor and against:
        return reworded(reading, matters.matter(reading, filler.head), filler.head.head)
    return None


def _accusations(
    reading: Reading,
    trigger: Token,
    accusing: Iterable[Actor],
    accused: Iterable[Actor],
    words_of: Token,
    content: Mention | None = None,
) -> Iterator[Draft]:
    """Each of some parties accuses each of others in some words; nobody accuses itself."""
    for target, actor in product(accused, accusing):
        if target.party != actor.party:
            yield Draft(
                relation=Relation.accuses,
                trigger=trigger,
                actor=actor,
                object=words_of,
                matter=reading.mention(target),
                content=content,
            )


def _each_other(reading: Reading, verb: Token, head: Token) -> list[Actor]:
    """ "blamed each other", "accused one another": the subjects themselves."""
    reciprocal = head.nbor(-1).lower_ + " " + head.lower_ if head.i else ""
    return parties(reading, clauses.subjects(verb)) if reciprocal in words.EACH_OTHER else []


def _culprits(reading: Reading, deed: Token) -> list[Actor]:
    """ "condemned Kenya's raid", "the raid by Kenya", "the Kenyan raid": whose deed it is that somebody condemns."""
    found = parties(reading, (*clauses.children(deed, "poss"), *clauses.prepositional(deed, *words.AGENT)))
    if found:
        return found
    namings = (reading.cast.at(modifier) for modifier in clauses.children(deed, "amod", "compound"))
    return [reading.actor(n, 0.8) for n in namings if n is not None][:1]


def _backs_a_party(found: Match, relation: Relation, filler: Filler) -> bool:
    """ "backs them": a pronoun that stands for a party."""
    direct = found.frame.slots[0] == "obj" and filler.slot == "obj"
    return relation == Relation.supports and direct and filler.head.pos_ == "PRON"


def _content(reading: Reading, found: Match) -> Mention | None:
    """What a party is accused of: after the verb, its object, or its adjective ("held responsible for")."""
    completing = [t for t in found.trigger.subtree if t.lower_ in found.frame.support_adjectives]
    for holder in (found.trigger, *(f.head for f in found.fillers), *completing):
        heads = clauses.prepositional(holder, *found.frame.content_slots)
        if heads:
            return matters.matter(reading, heads[0])
    return None


# Which fillers of a frame are matters of its move


def _is_clear(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """No pronoun that stands for no matter and no party of the text, nor for the actor itself."""
    head = filler.head
    if head.pos_ != "PRON":
        return True
    if head.lower_ in words.REFLEXIVE:
        return False
    return matters.matter(reading, head).antecedent is not None or bool(who(reading, head))


def _is_matter(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    return matters.is_matter(reading, filler.head)


def _is_asked_for(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "insists that X must …" and "hopes that X will …" ask for something; "insists that it is so" does not."""
    if found.frame.relation != Relation.callsFor or filler.slot != "that":
        return True
    if reading.is_word("hoping-verb", found.trigger):
        return _has_a_doer(reading, filler.head)
    if found.trigger.lemma_ in words.WISHING:
        return filler.head.tag_ in ("VBN", "VBD")  # "wants the army disbanded"
    modals = {c.lower_ for c in filler.head.children if c.dep_ == "aux"}
    demanded = bool(modals & words.DEMANDING) or bool(modals & words.HAVE)
    return demanded or clauses.is_subjunctive(filler.head) or reading.is_word("need-verb", filler.head)


def _has_a_doer(reading: Reading, verb: Token) -> bool:
    """Whether a party is to do what is hoped for."""
    return bool(parties(reading, (*clauses.subjects(verb), *clauses.agents(verb)))) and not clauses.children(
        verb, "neg"
    )


def _answers_no_reporter(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "declined to comment" refuses the reporter, not a negotiation."""
    refused = found.frame.relation == Relation.rejects and filler.slot == "inf"
    return not (refused and reading.is_word("press-reply-verb", filler.head))


def _is_own_deed(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """A warning is a threat only where the warner, or the body it speaks for, will do it."""
    if found.frame.reading != "own-action" or filler.slot != "that":
        return True
    own = {a.party for a in actors} | {spoken_for(reading, a) for a in actors}
    return bool(own & {a.party for a in parties(reading, clauses.subjects(filler.head))})


def _speaks_no_ill(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "agreed that the plan would harm …" accepts no plan."""
    if found.frame.relation != Relation.agreesTo or filler.slot != "that":
        return True
    beside = [filler.head.head] if filler.head.dep_ == "conj" else []
    return not any(_speaks_ill(reading, clause) for clause in (filler.head, *beside))


def _is_own_wish(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "The army wants to win time," said by the rebels: what others are said to want to do asks for nothing."""
    if found.frame.relation != Relation.callsFor or filler.slot != "inf" or found.trigger.lemma_ not in words.WISHING:
        return True
    chain = attribution.sources(reading, found.trigger)
    return not chain or bool({a.party for a in actors} & {chain[-1].party, spoken_for(reading, chain[-1])})


def _says_what(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "refused to do so" alone does not say what."""
    return not _is_so(filler.head)


def _is_no_courtesy(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "looks forward to seeing Peru" asks for nothing."""
    return not (found.frame.particle in words.FORWARD and filler.head.tag_ == "VBG")


def _is_no_planned_meeting(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "plans to meet": a meeting that is planned, and no promise besides; "agreed to meet" is one."""
    planned = filler.slot == "inf" and reading.is_word("intending-verb", found.trigger)
    return not (planned and found.frame.relation == Relation.agreesTo and _is_meeting(reading, filler.head))


def _is_no_move_hoped_for(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "hopes to sign the pact": the signature is what is planned."""
    hoped = filler.slot == "inf" and reading.is_word("hoping-verb", found.trigger)
    return not (hoped and frames.match(reading, filler.head))


FILLER_TESTS: tuple[Callable[[Reading, Match, Filler, list[Actor]], bool], ...] = (
    _is_clear,
    _is_matter,
    _is_asked_for,
    _answers_no_reporter,
    _is_own_deed,
    _speaks_no_ill,
    _is_own_wish,
    _says_what,
    _is_no_courtesy,
    _is_no_planned_meeting,
    _is_no_move_hoped_for,
)


# What is said of a plan


def _unacceptable(reading: Reading, verb: Token) -> Moves:
    """ "the terms are unacceptable", said by somebody: a rejection."""
    judged = reading.any_is_word("refusing-adjective", clauses.children(verb, "acomp", "oprd"))
    heads = (head for head in clauses.subjects(verb) if judged and _can_be_accepted(reading, head))
    for head, actor in product(heads, sayers(reading, verb) if judged else ()):
        yield made(reading, Draft(relation=Relation.rejects, trigger=verb, actor=actor, object=head))


def _never_to_be(reading: Reading, verb: Token) -> Moves:
    """ "there will be no talks", said by somebody: a rejection of them."""
    bound = clauses.children(verb, "advcl", "prep")
    until = any(word.lower_ in words.NOT_YET for part in bound for word in (part, *part.children))
    denied = [c for c in clauses.children(verb, "attr") if clauses.has_child(c, words.NO)]
    for head, actor in product(denied, sayers(reading, verb) if not until else ()):
        if reading.is_one_of(head, "matter-class", "measure-noun", "meeting-noun"):
            yield made(reading, Draft(relation=Relation.rejects, trigger=verb, actor=actor, object=head))


def _can_be_accepted(reading: Reading, head: Token) -> bool:
    """Whether a noun names a plan, an agreement, an act of law or something else that can be accepted."""
    return matters.kind_of(reading, head) != EntityType.Measure or reading.is_word("matter-class", head)


def _harmful(reading: Reading, verb: Token) -> Moves:
    """ "said the plan would derail …": a party that foretells harm of a plan rejects it."""
    for clause in clauses.children(verb, "ccomp"):
        subject = next((c for c in clause.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")), None)
        if subject is None or not _is_judged(reading, subject) or not _foretells_harm(reading, clause):
            continue
        for actor in parties(reading, clauses.subjects(verb)):
            yield made(
                reading,
                Draft(
                    relation=Relation.rejects,
                    trigger=verb,
                    actor=actor,
                    object=subject,
                ),
            )


def _is_judged(reading: Reading, subject: Token) -> bool:
    return reading.is_one_of(subject, "matter-class", "measure-noun")


def _foretells_harm(reading: Reading, clause: Token) -> bool:
    return clauses.has_child(clause, words.FORETELLING, "aux") and _speaks_ill(reading, clause)


def _speaks_ill(reading: Reading, clause: Token) -> bool:
    predicate = [clause, *clauses.children(clause, "xcomp", "acomp", "attr", "dobj", "oprd")]
    predicate += [c for p in predicate for c in clauses.children(p, "amod", "xcomp", "dobj")]
    return reading.any_is_word("evaluative-negative", predicate)


def _blamed(reading: Reading, verb: Token) -> Moves:
    """ "said that B is responsible for …", "is the only obstacle to …": an accusation."""
    accusing = parties(reading, clauses.subjects(verb))
    for clause in clauses.children(verb, "ccomp"):
        blame = [c for c in clauses.children(clause, "acomp", "attr") if reading.is_word("blaming", c)]
        if not blame or clause.lemma_ not in words.BE or clauses.children(clause, "neg"):
            continue
        accused, content = parties(reading, clauses.subjects(clause)), matters.matter(reading, blame[0])
        for draft in _accusations(reading, clause, accusing, accused, blame[0], content):
            yield made(reading, draft)


def _traded(reading: Reading, verb: Token) -> Moves:
    """ "A and B traded accusations": each accuses the other."""
    traded = [noun for noun in clauses.direct_objects(verb) if reading.is_word("accusation-noun", noun)]
    two = parties(reading, clauses.subjects(verb))
    if traded and len(two) == 2:
        for draft in _accusations(reading, verb, two, two, traded[0]):
            yield statement(reading, draft)


_PREDICATE = ("oprd", "amod", "acomp", "pobj", "conj", "ccomp", "xcomp", "advcl")


def _complained(reading: Reading, verb: Token) -> Moves:
    """ "complained that B had …", "charged that B was …": an accusation."""
    accusing = parties(reading, clauses.subjects(verb))
    for clause in clauses.children(verb, "ccomp"):
        accused = parties(reading, clauses.children(clause, "nsubj"))
        for draft in _accusations(reading, verb, accusing, accused, clause, matters.matter(reading, clause)):
            yield statement(reading, draft)


def _called(reading: Reading, verb: Token) -> Moves:
    """ "called the deal historic", "described the plan as dangerous": support or rejection."""
    predicate = [t for t in verb.subtree if t.dep_ in _PREDICATE and t.i > verb.i]
    good = reading.any_is_word("evaluative-positive", predicate)
    ill = reading.any_is_word("evaluative-negative", predicate)
    objects = [h for h in clauses.direct_objects(verb) if _is_nameable(reading, h)]
    if good == ill or not objects:
        return
    for actor in parties(reading, clauses.subjects(verb)):
        yield made(
            reading,
            Draft(
                relation=Relation.supports if good else Relation.rejects,
                trigger=verb,
                actor=actor,
                object=objects[0],
            ),
        )


def _is_nameable(reading: Reading, head: Token) -> bool:
    return reading.is_one_of(head, "matter-class", "meeting-noun")


def _takes_sides(reading: Reading, verb: Token) -> Moves:
    """ "France is against the plan", "Spain is in favour of a truce": rejection and support."""
    sides = (
        (Relation.rejects, clauses.prepositional(verb, *words.AGAINST)),
        (Relation.supports, [h for noun in _favour(reading, verb) for h in clauses.prepositional(noun, *words.OF)]),
    )
    for relation, heads in sides:
        wanted = [h for h in heads[:1] if clauses.is_verbal(h) or _is_nameable(reading, h) or _is_judged(reading, h)]
        for actor, head in product(parties(reading, clauses.subjects(verb)), wanted):
            yield statement(reading, Draft(relation=relation, trigger=verb, actor=actor, object=head))


def _favour(reading: Reading, verb: Token) -> list[Token]:
    return [n for n in clauses.prepositional(verb, *words.IN_A_STATE) if reading.is_word("favour-noun", n)]


def _needless(reading: Reading, noun: Token) -> Moves:
    """ "sees no need for a mechanism": a rejection of it."""
    unwanted = clauses.prepositional(noun, *words.FOR) if clauses.has_child(noun, words.NO) else []
    for actor, head in product(parties(reading, clauses.subjects(noun.head)), unwanted[:1]):
        yield made(reading, Draft(relation=Relation.rejects, trigger=noun.head, actor=actor, object=head))


# Moves that a noun and a verb say together


def _of_one_mind(reading: Reading, noun: Token) -> Moves:
    """ "there is agreement between A and B on …", "A and B are in agreement that …": they agree to it."""
    between = clauses.prepositional(noun, *words.BETWEEN)
    there = noun.dep_ == "attr" and bool(clauses.children(noun.head, "expl"))
    verb = noun.head if there else noun.head.head
    if verb.lemma_ not in words.BE or not (there or noun.dep_ == "pobj" and noun.head.lower_ in words.IN_A_STATE):
        return
    holders = (noun, *between, *(t for head in between for t in clauses.conjuncts(head)), verb)
    topics = [head for holder in holders for head in clauses.prepositional(holder, *words.ON)]
    topics += clauses.children(noun, "acl", "ccomp", "relcl")
    agreed = parties(reading, between if there else clauses.subjects(verb))
    denied = Polarity.negative if clauses.has_child(noun, words.NO) else polarity(reading, verb)
    for actor, topic in product(agreed, topics[:1] if not is_not_made(reading, verb) else ()):
        yield statement(
            reading, Draft(relation=Relation.agreesTo, trigger=verb, actor=actor, object=topic, polarity=denied)
        )


_OUTCOMES = (Relation.signs, Relation.agreesTo, Relation.meets)


def _mediated(reading: Reading, noun: Token) -> Moves:
    """ "after weeks of mediation by A, B and C reached a deal": who mediated the deal."""
    holder = frames.counting(noun)[-1]
    if holder.dep_ != "pobj" or not evokes(reading, noun, Relation.mediates):
        return
    outcome = frames.match(reading, holder.head.head)
    if outcome is None or outcome.frame.relation not in _OUTCOMES or is_not_made(reading, outcome.trigger):
        return
    held = clauses.direct_objects(outcome.trigger) if outcome.frame.reading == "meeting" else []
    mediated = [clauses.counted(head) for head in (*held, *(f.head for f in outcome.fillers))][:1]
    partners = {actor.party for actor in parties(reading, clauses.subjects(outcome.trigger))}
    mediators = [actor for actor in frames.owners(reading, noun) if actor.party not in partners]
    for actor, matter in product(mediators, mediated):
        yield statement(reading, Draft(relation=Relation.mediates, trigger=noun, actor=actor, object=matter))


def _goes_to_settle(reading: Reading, noun: Token) -> Moves:
    """ "flew to Peru in an effort to settle the dispute": who goes there mediates."""
    journey = noun.head.head
    if not reading.is_word("travelling-verb", journey) or is_not_made(reading, journey):
        return
    deeds = [c for c in clauses.children(noun, "acl") if reading.is_word("settling-verb", c)]
    settled = [head for deed in deeds for head in clauses.direct_objects(deed) if reading.is_word("quarrel-noun", head)]
    for actor, matter in product(parties(reading, clauses.subjects(journey)), settled[:1]):
        yield statement(reading, Draft(relation=Relation.mediates, trigger=journey, actor=actor, object=matter))


# Acts and intentions


def _own_act(reading: Reading, noun: Token) -> Moves:
    """ "by her own decree, the governor has …": whose act it is has enacted it."""
    verb = clauses.governing_clause(noun)
    for actor in (a for owner in clauses.children(noun, "poss") for a in who(reading, owner)):
        yield made(
            reading,
            Draft(
                relation=Relation.enacts,
                trigger=verb,
                actor=actor,
                object=noun,
                matter=matters.matter(reading, noun),
            ),
        )


def _intention(reading: Reading, verb: Token) -> Moves:
    """What a party says that it will not do it rejects; what it says that it will do it agrees to, planned."""
    refused = bool(clauses.children(verb, "neg"))
    for actor in (a for a in parties(reading, clauses.subjects(verb)) if _speaks_for_itself(reading, verb, a)):
        yield made(
            reading,
            Draft(
                relation=Relation.rejects if refused else Relation.agreesTo,
                trigger=verb,
                actor=actor,
                object=verb,
                matter=deed(reading, verb),
                modality=Modality.actual if refused else Modality.planned,
            ),
        )


def _announces(reading: Reading, verb: Token) -> bool:
    """An active verb under "will" or "would", without a condition."""
    auxiliaries = clauses.children(verb, "aux")
    done = clauses.is_passive(verb) or any(c.lemma_ in words.HAVE for c in auxiliaries)
    return not done and any(c.lower_ in words.WILL for c in auxiliaries) and not _has_condition(verb)


def _is_other_move(reading: Reading, verb: Token) -> bool:
    """Whether the lexicon says what move the verb is."""
    return _match(reading, verb) is not None


def _is_pledged(reading: Reading, verb: Token) -> bool:
    """ "pledged that it will not …": the pledge is the move."""
    return verb.dep_ == "ccomp" and reading.is_word("pledging-verb", verb.head)


def _is_meeting(reading: Reading, verb: Token) -> bool:
    """ "will meet", "will talk": a meeting that is planned, and no promise besides; "will not meet" is a refusal."""
    return any(frame.is_meeting_by_itself for frame in frames_of(reading, verb)) and not clauses.children(verb, "neg")


def _has_condition(verb: Token) -> bool:
    return any(clauses.has_child(clause, words.IF_OR_UNLESS) for clause in clauses.children(verb, "advcl"))


def _speaks_for_itself(reading: Reading, verb: Token, actor: Actor) -> bool:
    """Whether the actor is the source of the clause, or the source speaks for it, or the whole text is official."""
    chain = attribution.sources(reading, verb)
    if not chain:
        return reading.is_official
    return actor.party in (chain[-1].party, spoken_for(reading, chain[-1]))


def _answer(reading: Reading, verb: Token) -> Moves:
    """A verb of consent or refusal alone answers what another party offered, or asked of its subject, just before."""
    if not reading.is_lemma("answering-verb", verb) or not _stands_alone(verb) or is_not_made(reading, verb):
        return
    relation = Relation.rejects if evokes(reading, verb, Relation.rejects) else Relation.agreesTo
    denied = polarity(reading, verb)
    if relation == Relation.agreesTo and scope.is_refusal(reading, verb):
        relation, denied = Relation.rejects, Polarity.positive
    for actor in parties(reading, clauses.subjects(verb)):
        offered = _offered_to(reading, verb, actor)
        if offered is not None:
            matter = matters.matter(reading, offered)
            span = reading.span(reading.doc[verb.i : verb.i + 1])
            unsaid = replace(
                matter, span=span, text=verb.text, antecedent=matter.antecedent or matter.span, certainty=0.75
            )
            yield statement(
                reading, Draft(relation=relation, trigger=verb, actor=actor, matter=unsaid, polarity=denied)
            )


# What may stand beside a verb that answers alone: who answers, when, and marks.
_BESIDE_AN_ANSWER = frozenset(
    ("nsubj", "aux", "neg", "advmod", "npadvmod", "punct", "cc", "conj", "mark", "advcl", "parataxis")
)


def _stands_alone(verb: Token) -> bool:
    """Whether a verb says neither what is refused or accepted nor with whom it is agreed."""
    if verb.pos_ != "VERB":
        return False
    return all(
        c.dep_ in _BESIDE_AN_ANSWER or c.dep_ == "prep" and _is_time(c) or _is_own_clause(c) or _is_so(c)
        for c in verb.children
    )


def _is_so(verb: Token) -> bool:
    """ "refused to do so": what is refused stands before."""
    return verb.lemma_ in words.DO and clauses.has_child(verb, words.SO)


def _is_own_clause(verb: Token) -> bool:
    """ "Peru offered a truce; Chile refused": a clause before a semicolon, which looks like a report to the parser."""
    before = verb.dep_ == "ccomp" and verb.i < verb.head.i
    return before and any(c.text == ";" for c in verb.head.children if verb.i < c.i < verb.head.i)


def _is_time(preposition: Token) -> bool:
    return any(t.ent_type_ in ("DATE", "TIME") for t in clauses.children(preposition, "pobj"))


_OFFERS = (Relation.proposes, Relation.callsFor)


def _offered_to(reading: Reading, verb: Token, actor: Actor) -> Token | None:
    """The head of what another party offered in the clauses before, or asked of the actor."""
    start = verb.sent.start
    before = reading.doc[start - 1].sent.start if start else start
    for token in reversed(reading.doc[before : verb.i]):
        found = _match(reading, token)
        if found is None or found.frame.relation not in _OFFERS or not found.fillers:
            continue
        others = [a for a in _actors(reading, found) if a.party != actor.party]
        asked = parties(reading, (f.addressee for f in found.fillers if f.addressee is not None))
        is_asked = not asked or any(a.party == actor.party for a in asked)
        return found.fillers[0].head if others and is_asked else None
    return None


MOVES: tuple[Construction[Moves], ...] = (
    Construction(
        name="frame of the lexicon",
        example="Norway proposed a prisoner exchange.",
        gives=("proposes Norway: a prisoner exchange",),
        rule=_framed,
    ),
    Construction(
        name="answer alone",
        example="Peru offered a truce, but Chile refused.",
        gives=("proposes Peru: a truce", "rejects Chile: refused"),
        rule=_answer,
    ),
    *duties.DUTIES,
    *accords.ACCORDS,
    Construction(
        name="unacceptable plan",
        example="Spain said the offer was unacceptable.",
        gives=("rejects Spain: the offer (says Spain)",),
        when=(is_stated,),
        rule=_unacceptable,
    ),
    Construction(
        name="what is never to be",
        example='"There will be no talks with the rebels," Chad said.',
        gives=("rejects Chad: no talks with the rebels (says Chad)",),
        when=(is_stated, lambda reading, verb: bool(clauses.children(verb, "expl")), _announces),
        rule=_never_to_be,
    ),
    Construction(
        name="harm foretold of a plan",
        example="Ghana said the plan would undermine the truce.",
        gives=("rejects Ghana: the plan",),
        when=(reports,),
        rule=_harmful,
    ),
    Construction(
        name="blame",
        example="Chile said that Peru was responsible for the delay.",
        gives=("accuses Chile: Peru (says Chile)",),
        when=(reports,),
        rule=_blamed,
    ),
    Construction(
        name="complaint",
        example="Peru complained that Chile had closed the strait.",
        gives=("accuses Peru: Chile",),
        when=(is_a("VERB"), is_word("complaining-verb"), fails(is_not_made)),
        rule=_complained,
    ),
    Construction(
        name="accusations traded",
        example="Kenya and Uganda traded accusations.",
        gives=("accuses Kenya: Uganda", "accuses Uganda: Kenya"),
        when=(is_a("VERB"), is_word("exchanging-verb"), fails(is_not_made)),
        rule=_traded,
    ),
    Construction(
        name="plan called good or ill",
        example="Togo called the agreement historic.",
        gives=("supports Togo: the agreement",),
        when=(is_a("VERB"), is_word("naming-verb")),
        rule=_called,
    ),
    Construction(
        name="for or against",
        example="Spain is against the embargo.",
        gives=("rejects Spain: the embargo",),
        when=(is_stated, lambda reading, verb: verb.lemma_ in words.BE, fails(is_not_made)),
        rule=_takes_sides,
    ),
    Construction(
        name="no need for it",
        example="Finland sees no need for a new court.",
        gives=("rejects Finland: a new court",),
        when=(is_a("NOUN"), is_word("need-verb"), hangs_as("dobj"), under("reporting-verb")),
        rule=_needless,
    ),
    Construction(
        name="of one mind",
        example="There is agreement between Kenya and Uganda on the border.",
        gives=("agreesTo Kenya: the border", "agreesTo Uganda: the border"),
        when=(is_word("consensus-noun"), hangs_as("attr", "pobj")),
        rule=_of_one_mind,
    ),
    Construction(
        name="mediated outcome",
        example="After weeks of mediation by Qatar, Chad signed a truce.",
        gives=("signs Chad: a truce", "mediates Qatar: a truce"),
        when=(is_a("NOUN"),),
        rule=_mediated,
    ),
    Construction(
        name="journey to settle a quarrel",
        example="Norwegian envoy Jane Roe flew to Lima in an effort to settle the dispute between Peru and Chile.",
        gives=("mediates Jane Roe: the dispute between Peru and Chile",),
        when=(is_word("attempt-noun"), hangs_as("pobj"), under_any_of(words.IN)),
        rule=_goes_to_settle,
    ),
    Construction(
        name="own act",
        example="By its own decree, Peru has closed the port.",
        gives=("enacts Peru: its own decree",),
        when=(hangs_as("pobj"), under_any_of(words.BY_AN_ACT), is_word("act-noun")),
        rule=_own_act,
    ),
    Construction(
        name="intention",
        example='"We will reopen the border," Kenya said.',
        gives=("agreesTo Kenya: reopen the border (planned, says Kenya)",),
        when=(
            is_a("VERB"),
            _announces,
            fails(hangs_as("advcl")),
            fails(is_word("stative-verb")),
            fails(lambda reading, verb: _is_so(verb)),
            fails(_is_pledged),
            is_stated,
            fails(_is_other_move),
            fails(_is_meeting),
            fails(is_not_made),
        ),
        rule=_intention,
    ),
)
