"""Moves of an actor on a matter: what the lexicon's frames evoke, and what duties, judgements, intentions imply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, matters, scope
from kgraph.extract.affiliation import spoken_for
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who, who_all
from kgraph.extract.rules import accords, duties, frames, mediation
from kgraph.extract.rules.construction import (
    Construction,
    hangs_as,
    has,
    is_a,
    is_object_of,
    is_word,
    of_token,
    under,
)
from kgraph.extract.rules.duties import is_stated
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes, frames_of, is_after_nor, is_indicative, is_not_made, polarity
from kgraph.extract.rules.frames import Filler, Match
from kgraph.extract.rules.phrases import parties, sayers
from kgraph.extract.rules.statements import (
    Draft,
    abstain,
    all_made,
    deed,
    drafts,
    made,
    reworded,
    statement,
    statements,
)
from kgraph.extract.speakers import reports
from kgraph.extract.tables import any_holds, any_of, fails
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation

Moves = Iterator[ReadStatement | Abstention]

# "will not sign" and "will never back" are refusals
_ACCEPTING = frozenset((Relation.agreesTo, Relation.supports, Relation.signs))


def moves(reading: Reading, sentence: Span) -> Moves:
    """The moves of a sentence; each word is read by the first construction that reads a statement in it."""
    for token in sentence:
        for construction in MOVES:
            found = construction.read(reading, token)
            if not found:
                continue
            items = list(found)
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
    fillers = [filler for filler in found.fillers if _is_of_the_move(reading, found, filler, actors)]
    if not fillers:
        yield abstain(reading, relation, token, "no matter is named")
    for actor, filler in product(actors, fillers):
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
    if relation == Relation.signs and _is_enacted(reading, found.trigger, actors):
        relation = Relation.enacts
    if any(refusal(reading, found) for refusal in REFUSALS):
        return Relation.rejects, Polarity.positive, Modality.actual
    if (relation, denied) == (Relation.signs, Polarity.negative):
        relation = Relation.agreesTo
    intends = reading.is_word("intending-verb", found.trigger) or reading.is_word("intention-noun", found.trigger)
    wished = found.frame.requires_modal in words.WOULD  # "would like to see the fares lowered"
    intended = Modality.planned if intends else Modality.actual if wished else None
    return relation, scope.turned(denied) if found.frame.negated else denied, intended


def _will_not(reading: Reading, found: Match) -> bool:
    """ "will not sign", "nor will it sign"."""
    trigger = found.trigger
    nor = is_after_nor(trigger) and scope.refuses_by_will(reading, trigger)
    return found.frame.relation in _ACCEPTING and (nor or scope.is_refusal(reading, trigger))


def _does_not_want_to(reading: Reading, found: Match) -> bool:
    """ "does not want to meet": what somebody does not want to do itself."""
    own = any(filler.slot == "inf" for filler in found.fillers)
    return own and found.trigger.lemma_ in words.WISHING and clauses.is_negated(found.trigger)


def _has_no_intention(reading: Reading, found: Match) -> bool:
    """ "has no intention of joining"."""
    return reading.is_word("intention-noun", found.trigger) and clauses.has_child(found.trigger, words.NO)


REFUSALS: tuple[Callable[[Reading, Match], bool], ...] = (_will_not, _does_not_want_to, _has_no_intention)


def _is_enacted(reading: Reading, verb: Token, actors: list[Actor]) -> bool:
    """ "The parliament adopted the law": a body alone enacts what several would sign."""
    by_a_body = [actor.party.kind for actor in actors] == [EntityType.Organization]
    return by_a_body and reading.is_word("adopting-verb", verb)


def _drafts(reading: Reading, found: Match, relation: Relation, actor: Actor, filler: Filler) -> Iterator[Draft]:
    token, head = found.trigger, filler.head
    if relation == Relation.accuses:
        targets = _each_other(reading, token, head) or who(reading, head)
        content = _content(reading, found) if targets else matters.matter(reading, head)
        yield from _accusations(reading, token, [actor], targets or _culprits(reading, head), head, content)
        return
    draft = Draft(relation=relation, trigger=token, actor=actor, object=head)
    if _backs_a_party(found, relation, filler) and matters.parallel(reading, head) is None:
        named = [a for a in who(reading, head) if a.party != actor.party][:1]
        yield from (replace(draft, matter=reading.mention(party)) for party in named)
        return
    addressee = None if found.frame.reading == "agent" else filler.addressee
    yield replace(draft, addressee=addressee, matter=_other_than_the_object(reading, found, filler))


def _other_than_the_object(reading: Reading, found: Match, filler: Filler) -> Mention | None:
    """The matter where it is not what fills the frame's slot alone: the trigger, or a deed that is warned against."""
    if found.frame.object_is_trigger:
        of_verb = clauses.is_verbal(found.trigger)
        return deed(reading, found.trigger) if of_verb else matters.matter(reading, found.trigger)
    if frames.names_sides(found.frame, filler):
        return mediation.sides(reading, filler.head)
    against = filler.head.dep_ in ("pobj", "pcomp") and filler.slot.removeprefix("obj>") in words.AGAINST
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
    namings = reading.cast.named(clauses.children(deed, "amod", "compound"))
    return [reading.actor(naming, 0.8) for naming in namings[:1]]


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


@dataclass(frozen=True)
class Demand:
    """What is asked of a filler, of all moves or of those of one relation, in all slots or in one."""

    holds: Callable[[Reading, Match, Filler, list[Actor]], bool]
    relation: Relation | None = None
    slot: str | None = None

    def is_met(self, reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
        """Whether a filler is what is asked for, or is not asked."""
        asked = self.relation in (None, found.frame.relation) and self.slot in (None, filler.slot)
        return not asked or self.holds(reading, found, filler, actors)


def _is_of_the_move(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    return all(demand.is_met(reading, found, filler, actors) for demand in DEMANDS)


def _is_clear(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """No pronoun that stands for no matter and no party of the text, nor for the actor itself."""
    head = filler.head
    if head.pos_ != "PRON":
        return True
    means = matters.matter(reading, head).antecedent is not None or bool(who(reading, head))
    return means and head.lower_ not in words.REFLEXIVE


def _is_matter(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    return matters.is_matter(reading, filler.head)


def _is_asked_for(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "insists that X must …" and "hopes that X will …" ask for something; "insists that it is so" does not."""
    head = filler.head
    if reading.is_word("hoping-verb", found.trigger):
        return _has_a_doer(reading, head)
    if found.trigger.lemma_ in words.WISHING:
        return head.tag_ in ("VBN", "VBD")  # "wants the army disbanded"
    demanded = clauses.has_child(head, words.DEMANDING | words.HAVE, "aux")
    return demanded or clauses.is_subjunctive(head) or reading.is_word("need-verb", head)


def _has_a_doer(reading: Reading, verb: Token) -> bool:
    """Whether a party is to do what is hoped for, or talks are; "I hope he is happy now" asks for nothing."""
    subjects = clauses.subjects(verb)
    doers = parties(reading, (*subjects, *clauses.agents(verb))) or reading.of_class("talks-noun", subjects)
    predicate = clauses.children(verb, "acomp") if is_indicative(verb) else []
    is_so = any(not frames_of(reading, word) for word in predicate)
    return bool(doers) and not clauses.is_negated(verb) and not is_so


def _answers_no_reporter(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "declined to comment" refuses the reporter, not a negotiation."""
    return not reading.is_word("press-reply-verb", filler.head)


def _is_own_deed(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """A warning is a threat only where the warner, or the body it speaks for, will do it."""
    deed = filler.head
    return found.frame.reading != "own-action" or is_own_deed(reading, actors, deed) and not _befalls(reading, deed)


def _befalls(reading: Reading, verb: Token) -> bool:
    """ "it might lose the islands", "it will have to pay", "it could be attacked"; not "it is ready to strike"."""
    deeds = clauses.children_of((verb, *clauses.children(verb, "acomp")), "xcomp")
    suffers = not deeds and clauses.is_passive(verb)
    return suffers or reading.any_is_word("befalling-verb", deeds or [verb])


def is_own_deed(reading: Reading, actors: list[Actor], verb: Token) -> bool:
    """Whether one of some parties, or the body that it speaks for, is the subject of a verb."""
    own = {a.party for a in actors} | {spoken_for(reading, a) for a in actors}
    return not own.isdisjoint(a.party for a in parties(reading, clauses.subjects(verb)))


def _speaks_no_ill(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "agreed that the plan would harm …" accepts no plan."""
    beside = [filler.head.head] if filler.head.dep_ == "conj" else []
    return not any(_speaks_ill(reading, clause) for clause in (filler.head, *beside))


def _is_own_wish(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "The army wants to win time," said by the rebels: what others are said to want to do asks for nothing."""
    chain = attribution.sources(reading, found.trigger) if found.trigger.lemma_ in words.WISHING else []
    return not chain or bool({a.party for a in actors} & {chain[-1].party, spoken_for(reading, chain[-1])})


def _is_no_having(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "is satisfied with having a fleet": who feels so about what it has or is backs nothing."""
    return filler.head.tag_ != "VBG" or filler.head.lemma_ not in words.HAVE_OR_BE


def _says_what(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "refused to do so" alone does not say what."""
    return not _is_so(filler.head)


def _is_no_courtesy(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "looks forward to seeing Peru" asks for nothing."""
    return not (found.frame.particle in words.FORWARD and filler.head.tag_ == "VBG")


def _is_no_planned_meeting(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "plans to meet": a meeting that is planned, and no promise besides; "agreed to meet" is one."""
    return not (reading.is_word("intending-verb", found.trigger) and _is_meeting(reading, filler.head))


def _is_no_move_hoped_for(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "hopes to sign the pact": the signature is what is planned."""
    return not (reading.is_word("hoping-verb", found.trigger) and frames.match(reading, filler.head))


def _has_its_words(reading: Reading, found: Match, filler: Filler, actors: list[Actor]) -> bool:
    """ "the islands, which Peru does not recognise": a relative clause does not word the deed that it tells of."""
    return not (found.frame.object_is_trigger and found.trigger.dep_ == "relcl")


DEMANDS = (
    Demand(_is_clear),
    Demand(_is_matter),
    Demand(_is_asked_for, Relation.callsFor, "that"),
    Demand(_answers_no_reporter, Relation.rejects, "inf"),
    Demand(_is_own_deed, slot="that"),
    Demand(_speaks_no_ill, Relation.agreesTo, "that"),
    Demand(_is_own_wish, Relation.callsFor, "inf"),
    Demand(_says_what),
    Demand(_is_no_courtesy),
    Demand(_is_no_planned_meeting, Relation.agreesTo, "inf"),
    Demand(_is_no_move_hoped_for, slot="inf"),
    Demand(_has_its_words, Relation.agreesTo),
    Demand(_is_no_having, Relation.supports),
)


# What is said of a plan


def _unacceptable(reading: Reading, verb: Token) -> Moves:
    """ "the terms are unacceptable", said by somebody: a rejection."""
    heads = [head for head in clauses.subjects(verb) if _can_be_accepted(reading, head)]
    return all_made(reading, drafts(Relation.rejects, verb, sayers(reading, verb), heads))


def _is_called_unacceptable(reading: Reading, verb: Token) -> bool:
    return reading.any_is_word("refusing-adjective", clauses.children(verb, "acomp", "oprd"))


def _never_to_be(reading: Reading, verb: Token) -> Moves:
    """ "there will be no talks", said by somebody: a rejection of them."""
    denied = [c for c in clauses.children(verb, "attr") if clauses.has_child(c, words.NO)]
    heads = [head for head in denied if _is_judged(reading, head) or _is_nameable(reading, head)]
    return all_made(reading, drafts(Relation.rejects, verb, sayers(reading, verb), heads))


def _is_bound(reading: Reading, verb: Token) -> bool:
    """ "there will be no talks until …": only for the time being."""
    bound = clauses.children(verb, "advcl", "prep")
    return any(word.lower_ in words.NOT_YET for part in bound for word in (part, *part.children))


def _can_be_accepted(reading: Reading, head: Token) -> bool:
    """Whether a noun names a plan, an agreement, an act of law or something else that can be accepted."""
    return matters.kind_of(reading, head) != EntityType.Measure or reading.is_word("matter-class", head)


def _harmful(reading: Reading, verb: Token) -> Moves:
    """ "said the plan would derail …": a party that foretells harm of a plan rejects it."""
    harming = [clause for clause in clauses.children(verb, "ccomp") if _foretells_harm(reading, clause)]
    for clause in harming:
        plans = list(filter(clauses.is_nominal, clauses.children(clause, "nsubj")))[:1]
        judged = [plan for plan in plans if _is_judged(reading, plan)]
        yield from all_made(reading, drafts(Relation.rejects, verb, parties(reading, clauses.subjects(verb)), judged))


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
        states = clause.lemma_ in words.BE and not clauses.is_negated(clause)
        blame = reading.of_class("blaming", clauses.children(clause, "acomp", "attr") if states else ())
        for blaming in blame[:1]:
            accused, content = parties(reading, clauses.subjects(clause)), matters.matter(reading, blaming)
            yield from all_made(reading, _accusations(reading, clause, accusing, accused, blaming, content))


def _harmed(reading: Reading, verb: Token) -> Moves:
    """ "said that B had derailed the talks", "said B's raid had stalled the deal": an accusation."""
    accusing = parties(reading, clauses.subjects(verb))
    for clause in filter(partial(_has_harmed, reading), clauses.children(verb, "ccomp")):
        content = matters.matter(reading, clause)
        for subject in clauses.children(clause, "nsubj"):
            accused = parties(reading, (subject,)) or _culprits(reading, subject)
            yield from all_made(reading, _accusations(reading, clause, accusing, accused, clause, content))


def _has_harmed(reading: Reading, clause: Token) -> bool:
    foretold = clauses.is_negated(clause) or clauses.has_child(clause, words.FORETELLING, "aux")
    harmed = any(map(partial(_is_nameable, reading), clauses.direct_objects(clause)))
    return harmed and not foretold and reading.is_lemma("harming-verb", clause)


def _traded(reading: Reading, verb: Token) -> Moves:
    """ "A and B traded accusations": each accuses the other."""
    traded = reading.of_class("accusation-noun", clauses.direct_objects(verb))
    two = parties(reading, clauses.subjects(verb))
    if traded and len(two) == 2:
        yield from statements(reading, _accusations(reading, verb, two, two, traded[0]))


_PREDICATE = ("oprd", "amod", "acomp", "pobj", "conj", "ccomp", "xcomp", "advcl")


def _complained(reading: Reading, verb: Token) -> Moves:
    """ "complained that B had …", "charged that B was …": an accusation."""
    accusing = parties(reading, clauses.subjects(verb))
    for clause in clauses.children(verb, "ccomp"):
        accused, content = parties(reading, clauses.children(clause, "nsubj")), matters.matter(reading, clause)
        yield from statements(reading, _accusations(reading, verb, accusing, accused, clause, content))


def _called(reading: Reading, verb: Token) -> Moves:
    """ "called the deal historic", "described the plan as dangerous": support or rejection."""
    predicate = [t for t in verb.subtree if t.dep_ in _PREDICATE and t.i > verb.i]
    good = reading.any_is_word("evaluative-positive", predicate)
    ill = reading.any_is_word("evaluative-negative", predicate)
    objects = [h for h in clauses.direct_objects(verb) if _is_nameable(reading, h)]
    relation = Relation.supports if good else Relation.rejects
    called = objects[:1] if good != ill else ()
    return all_made(reading, drafts(relation, verb, parties(reading, clauses.subjects(verb)), called))


def _is_nameable(reading: Reading, head: Token) -> bool:
    return reading.is_one_of(head, "matter-class", "meeting-noun")


def _takes_sides(reading: Reading, verb: Token) -> Moves:
    """ "France is against the plan", "Spain is in favour of a truce": rejection and support."""
    sides = (
        (Relation.rejects, clauses.prepositional(verb, *words.AGAINST)),
        (Relation.supports, clauses.prepositional_of(_favour(reading, verb), *words.OF)),
    )
    for relation, heads in sides:
        wanted = [h for h in heads[:1] if clauses.is_verbal(h) or _is_nameable(reading, h) or _is_judged(reading, h)]
        yield from statements(reading, drafts(relation, verb, parties(reading, clauses.subjects(verb)), wanted))


def _favour(reading: Reading, verb: Token) -> list[Token]:
    return reading.of_class("favour-noun", clauses.prepositional(verb, *words.IN_A_STATE))


def _needless(reading: Reading, noun: Token) -> Moves:
    """ "sees no need for a mechanism": a rejection of it."""
    unwanted = clauses.prepositional(noun, *words.FOR)[:1] if clauses.has_child(noun, words.NO) else []
    actors = parties(reading, clauses.subjects(noun.head))
    return all_made(reading, drafts(Relation.rejects, noun.head, actors, unwanted))


# Moves that a noun and a verb say together


def _of_one_mind(reading: Reading, noun: Token) -> Moves:
    """ "there is agreement between A and B on …", "A and B are in agreement that …": they agree to it."""
    between = clauses.prepositional(noun, *words.BETWEEN)
    there = noun.dep_ == "attr" and bool(clauses.children(noun.head, "expl"))
    verb = noun.head if there else noun.head.head
    is_so = verb.lemma_ in words.BE and (there or clauses.is_after(noun, words.IN_A_STATE))
    if not is_so or is_not_made(reading, verb):
        return
    topics = clauses.prepositional_of((noun, *clauses.all_conjuncts(between), verb), *words.ON)
    topics += clauses.children(noun, "acl", "ccomp", "relcl")
    agreed = parties(reading, between if there else clauses.subjects(verb))
    denied = Polarity.negative if clauses.has_child(noun, words.NO) else polarity(reading, verb)
    yield from statements(reading, drafts(Relation.agreesTo, verb, agreed, topics[:1], denied))


# Acts and intentions


def _own_act(reading: Reading, noun: Token) -> Moves:
    """ "by her own decree, the governor has …": whose act it is has enacted it."""
    owners = who_all(reading, clauses.children(noun, "poss"))
    return all_made(reading, drafts(Relation.enacts, clauses.governing_clause(noun), owners, (noun,)))


def _intention(reading: Reading, verb: Token) -> Moves:
    """What a party says that it will not do it rejects; what it says that it will do it agrees to, planned."""
    refused = clauses.is_negated(verb) or is_after_nor(verb)
    relation, modality = (Relation.rejects, Modality.actual) if refused else (Relation.agreesTo, Modality.planned)
    actors = (a for a in parties(reading, clauses.subjects(verb)) if _speaks_for_itself(reading, verb, a))
    for draft in drafts(relation, verb, actors, (verb,)):
        yield made(reading, replace(draft, matter=deed(reading, verb), modality=modality))


def _announces(reading: Reading, verb: Token) -> bool:
    """An active verb under "will" or "would", without a condition."""
    done = clauses.is_passive(verb) or any(c.lemma_ in words.HAVE for c in clauses.children(verb, "aux"))
    return not done and clauses.has_child(verb, words.WILL, "aux") and not _has_condition(verb)


def _cannot(reading: Reading, verb: Token) -> bool:
    """ "there can be no talks"."""
    return clauses.has_child(verb, words.CAN, "aux")


def _is_other_move(reading: Reading, verb: Token) -> bool:
    """Whether the lexicon says what move the verb is."""
    return _match(reading, verb) is not None


def _is_pledged(reading: Reading, verb: Token) -> bool:
    """ "pledged that it will not …": the pledge is the move."""
    return verb.dep_ == "ccomp" and reading.is_word("pledging-verb", verb.head)


def _is_membership(verb: Token) -> bool:
    """ "will not be part of the bloc"."""
    return any(clauses.prepositional_of(clauses.children_with(verb, words.MEMBERSHIP, "attr"), *words.OF))


def _is_meeting(reading: Reading, verb: Token) -> bool:
    """ "will meet", "will talk": a meeting that is planned, and no promise besides; "will not meet" is a refusal."""
    return any(frame.is_meeting_by_itself for frame in frames_of(reading, verb)) and not clauses.is_negated(verb)


def _has_condition(verb: Token) -> bool:
    return any(clauses.has_child(clause, words.IF_OR_UNLESS) for clause in clauses.children(verb, "advcl"))


def _speaks_for_itself(reading: Reading, verb: Token, actor: Actor) -> bool:
    """Whether the actor is the source of the clause, or the source speaks for it, or the whole text is official."""
    chain = attribution.sources(reading, verb)
    if not chain:
        return reading.is_official
    return actor.party in (chain[-1].party, spoken_for(reading, chain[-1]))


def _answers(reading: Reading, verb: Token) -> bool:
    """ "refused", "would not do so"."""
    said = _is_so(verb) and verb.dep_ != "xcomp" and clauses.is_negated(verb)
    return said or reading.is_lemma("answering-verb", verb)


def _answer(reading: Reading, verb: Token) -> Moves:
    """A verb of consent or refusal alone answers what another party offered, or asked of its subject, just before."""
    relation = Relation.rejects if evokes(reading, verb, Relation.rejects) else Relation.agreesTo
    denied, modality = polarity(reading, verb), None
    if relation == Relation.agreesTo and scope.is_refusal(reading, verb):
        relation, denied, modality = Relation.rejects, Polarity.positive, Modality.actual
    for actor in parties(reading, clauses.subjects(verb)):
        offered = _offered_to(reading, verb, actor)
        if offered is not None:
            unsaid = _unsaid(reading, verb, matters.matter(reading, offered))
            draft = Draft(relation=relation, trigger=verb, actor=actor, matter=unsaid, polarity=denied)
            yield statement(reading, replace(draft, modality=modality))


def _unsaid(reading: Reading, verb: Token, offered: Mention) -> Mention:
    """What a verb that answers alone is about, which stands before."""
    span = reading.span(clauses.itself(verb))
    return replace(offered, span=span, text=verb.text, antecedent=offered.antecedent or offered.span, certainty=0.75)


# What may stand beside a verb that answers alone: who answers, when, and marks.
_BESIDE_AN_ANSWER = frozenset(
    ("nsubj", "aux", "neg", "advmod", "npadvmod", "punct", "cc", "conj", "mark", "advcl", "parataxis")
)


def _stands_alone(verb: Token) -> bool:
    """Whether a verb says neither what is refused or accepted nor with whom it is agreed."""
    said = [child for child in verb.children if child.dep_ not in _BESIDE_AN_ANSWER]
    return verb.pos_ == "VERB" and all(any_of(SAYING_NOTHING, child) for child in said)


def _is_so(verb: Token) -> bool:
    """ "refused to do so": what is refused stands before."""
    return verb.lemma_ in words.DO and clauses.has_child(verb, words.SO)


def _is_own_clause(verb: Token) -> bool:
    """ "Peru offered a truce; Chile refused": a clause before a semicolon, which looks like a report to the parser."""
    before = verb.dep_ == "ccomp" and verb.i < verb.head.i
    return before and any(c.text == ";" for c in clauses.between(verb, verb.head.children, verb.head))


def _is_time(preposition: Token) -> bool:
    times = (t.ent_type_ in ("DATE", "TIME") for t in clauses.children(preposition, "pobj"))
    return preposition.dep_ == "prep" and any(times)


SAYING_NOTHING: tuple[Callable[[Token], bool], ...] = (_is_time, _is_own_clause, _is_so)


_OFFERS = (Relation.proposes, Relation.callsFor)


def _offered_to(reading: Reading, verb: Token, actor: Actor) -> Token | None:
    """The head of what another party offered in the clauses before, or asked of the actor."""
    before = reading.sentences[max(0, reading.sentence_number[verb.i] - 1)].start
    so = any(map(_is_so, (verb, *clauses.children(verb, "xcomp"))))
    find, relations = (frames.match, (*_OFFERS, Relation.agreesTo)) if so else (_match, _OFFERS)
    matches = filter(None, (find(reading, token) for token in reversed(reading.doc[before : verb.i])))
    offers = (found for found in matches if found.frame.relation in relations and found.fillers)
    last = next(offers, None)
    return last.fillers[0].head if last is not None and _is_addressed_to(reading, last, actor) else None


def _is_addressed_to(reading: Reading, offer: Match, actor: Actor) -> bool:
    """Whether a party is one of those whom another one's offer asks, or it asks nobody in particular; or whether the
    party itself was to do it ("if it agreed to leave")."""
    makers = {maker.party for maker in _actors(reading, offer)}
    if offer.frame.relation == Relation.agreesTo:
        return actor.party in makers
    asked = {party.party for party in parties(reading, filter(None, (f.addressee for f in offer.fillers)))}
    return makers != {actor.party} and (not asked or actor.party in asked)


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
        when=(_answers, of_token(_stands_alone), fails(is_not_made)),
        rule=_answer,
    ),
    *duties.DUTIES,
    *accords.ACCORDS,
    Construction(
        name="unacceptable plan",
        example="Spain said the offer was unacceptable.",
        gives=("rejects Spain: the offer (says Spain)",),
        when=(is_stated, _is_called_unacceptable),
        rule=_unacceptable,
    ),
    Construction(
        name="what is never to be",
        example='"There will be no talks with the rebels," Chad said.',
        gives=("rejects Chad: no talks with the rebels (says Chad)",),
        when=(is_stated, has("expl"), any_holds(_announces, _cannot), fails(_is_bound)),
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
        name="harm done to talks or a deal",
        example="Chile said that Peru had derailed the talks.",
        gives=("accuses Chile: Peru (says Chile)",),
        when=(reports,),
        rule=_harmed,
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
        when=(is_stated, is_word("standing-verb"), fails(is_not_made)),
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
    *mediation.MEDIATIONS,
    Construction(
        name="own act",
        example="By its own decree, Peru has closed the port.",
        gives=("enacts Peru: its own decree",),
        when=(is_object_of(words.BY_AN_ACT), is_word("act-noun")),
        rule=_own_act,
    ),
    Construction(
        name="intention",
        example='"We will reopen the border," Kenya said.',
        gives=("agreesTo Kenya: reopen the border (planned, says Kenya)",),
        when=(
            any_holds(is_a("VERB"), of_token(_is_membership)),
            _announces,
            fails(hangs_as("advcl")),
            any_holds(fails(is_word("stative-verb")), of_token(_is_membership)),
            fails(of_token(_is_so)),
            fails(_is_pledged),
            is_stated,
            fails(_is_other_move),
            fails(_is_meeting),
            fails(is_not_made),
        ),
        rule=_intention,
    ),
)
