"""Whom a pronoun stands for, as an ordered table of rules.

Each rule's example is a test: the marked pronoun stands for the party after the arrow.
"""

from __future__ import annotations

from itertools import islice, takewhile
from operator import attrgetter

from spacy.tokens import Token

from kgraph.extract import clauses, pairs
from kgraph.extract.affiliation import spoken_for
from kgraph.extract.authors import in_own_words, publisher, titled_author
from kgraph.extract.candidates import (
    Rule,
    Search,
    again,
    agrees,
    earlier_namings,
    in_focus,
    nearest,
    speaks_here,
    standing_for,
    subjects_before,
    when,
)
from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.construction import above, hangs_as, is_one_of
from kgraph.extract.rules.en import words
from kgraph.extract.signatories import signatories
from kgraph.extract.tables import first_filled, first_of
from kgraph.extract.turns import turn_speaker
from kgraph.model.statement import ACTOR_TYPES
from kgraph.vocabulary import EntityType

_BODIES = (EntityType.State, EntityType.Organization)
_COLLECTIVE = (EntityType.Group, EntityType.Organization)
_SPOKEN_OF = ("agreement-noun", "plan-noun", "legal-noun")
# In how many sentences before "it said" a body spoke.
_SPOKE_WITHIN = 3
_CLAUSES = ("xcomp", "ccomp", "advcl", "relcl", "acl")
_GENDERS = (("male", words.HE), ("female", words.SHE))
# What kinds of parties a possessive pronoun can stand for.
_KINDS = ((words.HE | words.SHE, (EntityType.Person,)), (words.IT, _BODIES), (words.THEY, (EntityType.Group,)))
# Two candidates that differ by less than a tenth of a token's place are level.
_LEVEL = 0.0005


def pronoun(search: Search, token: Token) -> list[Actor] | None:
    """The parties that a pronoun stands for; empty where that is none or uncertain, None for other words."""
    if token.pos_ != "PRON" and token.lower_ not in words.PERSONAL or _is_name(search, token):
        return None
    resolving = search.reading.resolving
    if token.i in resolving:
        return []
    resolving.add(token.i)
    try:
        return first_of(RULES, search, token) or []
    finally:
        resolving.discard(token.i)


def _is_name(search: Search, token: Token) -> bool:
    """ "the US" is no "us"."""
    return token.is_upper and len(token) > 1 and search.reading.cast.at(token) is not None


def _gender(token: Token) -> str | None:
    """The gender of whom a pronoun stands for, None where it does not tell."""
    return next((gender for gender, forms in _GENDERS if token.lower_ in forms), None)


# What is asked of a pronoun before a rule is


def _is_that_clause(reading: Reading, clause: Token) -> bool:
    return clauses.has_child(clause, words.THAT, "mark")


def _is_own_move(reading: Reading, token: Token) -> bool:
    """Whether a possessive pronoun says whose a move is that its noun names."""
    return _is_possessive(reading, token) and (token.head.lemma_.lower(), "noun") in reading.knowledge.frames


def _is_possessive(reading: Reading, token: Token) -> bool:
    return token.dep_ == "poss" and token.lower_ in words.THIRD


def _is_a_reason(reading: Reading, noun: Token) -> bool:
    """Whether something is done for what a noun names: "for its refusal", "over its refusal", "because of it"."""
    because = clauses.is_after(noun, words.OF) and noun.head.head.lower_ in words.BECAUSE
    return because or clauses.is_after(noun, words.REASON)


def _is_before_bracket(reading: Reading, token: Token) -> bool:
    return token.doc[token.i + 1 : token.sent.end][:1].text == "("


def _is_of_being(reading: Reading, token: Token) -> bool:
    """Whether a pronoun is the subject of "is" or "was"."""
    return token.dep_ == "nsubj" and token.head.lemma_ in words.BE


def _opens_sentence(reading: Reading, token: Token) -> bool:
    """Whether a pronoun is the first word of its sentence, and not quoted."""
    return reading.quotation_at(token) is None and not token.doc[token.sent.start : token.i].text.strip()


# The rules


@when(is_one_of(words.FIRST))
def first_person(search: Search, token: Token) -> list[Actor] | None:
    """ "I" is the speaker of the quotation or the author of the text, "we" the body that the speaker speaks for.

    In a joint statement "we" are all who make it.

    Example: "*I* will sign the accord," Peruvian envoy Jane Roe said. → Jane Roe
    """
    reading, is_we = search.reading, token.lower_ in words.FIRST_PLURAL
    together = _who_make_it_together(reading, token) if is_we else []
    return together or _who_speaks(reading, token, is_we) or _author(reading, token, is_we)


def _who_make_it_together(reading: Reading, token: Token) -> list[Actor]:
    if reading.quotation_at(token) is not None or turn_speaker(reading, token):
        return []
    return [Actor(signatory.party, clauses.itself(token), signatory.span, 0.8) for signatory in signatories(reading)]


def _who_speaks(reading: Reading, token: Token, is_we: bool) -> list[Actor]:
    quotation = reading.quotation_at(token)
    speakers = reading.speakers(quotation) if quotation is not None else in_own_words(reading, token)
    return [_speaker(reading, speaker, token, is_we) for speaker in speakers[:1]]


def _speaker(reading: Reading, speaker: Actor, token: Token, is_we: bool) -> Actor:
    body = spoken_for(reading, speaker) or _published_by(reading, token) if is_we else None
    party, certainty = (speaker.party, 0.9) if body is None else (body, 0.8)
    return Actor(party, clauses.itself(token), speaker.span, certainty)


def _published_by(reading: Reading, token: Token) -> Party | None:
    """Who publishes a text whose author says "we", where nothing tells of a body of the author's."""
    publishers = publisher(reading, clauses.itself(token)) if reading.quotation_at(token) is None else []
    states = (reading.cast.known_party(reading.cast.acts_for(actor.party) or "") or actor.party for actor in publishers)
    return next(states, None)


def _author(reading: Reading, token: Token, is_we: bool) -> list[Actor]:
    """Whose own words a text is by its header, which it need not name: there is nothing to point to."""
    if reading.quotation_at(token) is not None or reading.layout.turn_at(reading.place(token)) is not None:
        return []
    titled, span = titled_author(reading), clauses.itself(token)
    if titled is None:
        return publisher(reading, span) if is_we else []
    body = reading.cast.state_of(titled) if is_we else None
    return [Actor(body or titled, span, None, 0.7)]


@when(_is_before_bracket)
def glossed(search: Search, token: Token) -> list[Actor] | None:
    """ "they (the rebels)": whom the brackets behind a pronoun name.

    Example: Peru met Chile and Ecuador. *They* (Ecuador) proposed a pact. → Ecuador
    """
    inside = takewhile(lambda other: other.text != ")", token.doc[token.i + 2 : token.sent.end])
    namings = search.reading.cast.among(inside, ACTOR_TYPES)
    return [standing_for(naming, clauses.itself(token), 0.9) for naming in namings[:1]] or None


def _is_sayer(reading: Reading, token: Token) -> bool:
    """Whether a pronoun is the subject of a verb of saying behind what is said: "…, he added"."""
    behind = clauses.form_before(token) in (",", '"')
    return behind and token.dep_ == "nsubj" and token.head in reading.reporting_verbs


@when(is_one_of(words.HE | words.SHE), _is_sayer)
def speaks_on(search: Search, token: Token) -> list[Actor] | None:
    """ "…, he added": who spoke last.

    Example: Juan Ruiz will meet us, envoy John Doe said. "We wait for that," *he* added. → John Doe
    """
    reading = search.reading
    first = reading.sentences[max(0, reading.sentence_number[token.i] - 1)].start
    verbs = reversed(reading.reporting_verbs_in(first, token.sent.start))
    telling = (verb for verb in verbs if reading.quotation_at(verb) is None)
    heads = [head for verb in islice(telling, 1) for head in clauses.subjects(verb)]
    return [a for a in _standing_for(search, token, heads) if _can_speak(a, token)] or None


def _before(token: Token) -> Token:
    """The word before a token, signs and blanks left out."""
    before = filter(_is_word, reversed(token.doc[: token.i]))
    return next(before, token)


def _is_word(token: Token) -> bool:
    return not (token.is_punct or token.is_space or token.is_quote)


def _can_speak(actor: Actor, token: Token) -> bool:
    return actor.party.kind == EntityType.Person and agrees(actor, _gender(token))


@when(is_one_of(words.HE | words.SHE), hangs_as("nsubj"), _opens_sentence)
def after_quotation(search: Search, token: Token) -> list[Actor] | None:
    """ "… the port." He said …": who has just been quoted.

    Example: Ana Roe is ill. Juan Ruiz said: "We are ready for talks." *He* said a truce must hold. → Juan Ruiz
    """
    quoted = search.reading.quotation_at(_before(token))
    speakers = search.reading.speakers(quoted) if quoted is not None else []
    named = (actor for actor in speakers[:1] if actor.party in search.reading.cast.people)
    return [again(actor, token, 0.75) for actor in named if _can_speak(actor, token)] or None


@when(is_one_of(words.HE | words.SHE))
def person(search: Search, token: Token) -> list[Actor] | None:
    """ "he", "she": the person in focus of that gender, else the nearest who does not speak here.

    Example: Jane Roe met reporters in Lima. *She* rejected the offer. → Jane Roe
    """
    focus = in_focus(search, token, (EntityType.Person,), 0.8, _gender(token))
    return focus or _nearest_person(search.reading, token)


def _nearest_person(reading: Reading, token: Token) -> list[Actor]:
    """The nearest person of a pronoun's gender who does not speak here."""
    earlier = earlier_namings(reading, token, (EntityType.Person,))
    people = (standing_for(naming, clauses.itself(token), 0.75) for _, naming in earlier)
    fitting = (a for a in people if agrees(a, _gender(token)) and not speaks_here(reading, token, a))
    return list(islice(fitting, 1))


def _is_content_word(word: Token) -> bool:
    return clauses.is_verbal(word) or clauses.is_nominal(word)


@when(_is_own_move, above(_is_a_reason))
def answerable(search: Search, token: Token) -> list[Actor] | None:
    """ "for its refusal", "because of its support": of those to whom something is done for it.

    Example: Peru criticised Chile for *its* refusal to sign. → Chile
    """
    top = next(filter(_is_content_word, token.head.ancestors), token.head)
    objects = [top] if clauses.is_nominal(top) else clauses.objects(top)
    before = [head for head in objects if head.i < token.head.head.i]
    heads = [*before, *clauses.prepositional_of(before, *words.OF)]
    partners = clauses.prepositional_of(heads, *words.PARTNER_OR_TARGET)
    nearest_first = reversed(sorted({*before, *partners}, key=attrgetter("i")))
    return first_filled(_standing_for(search, token, [head]) for head in nearest_first) or None


@when(_is_own_move, above(hangs_as("conj")))
def owner_beside(search: Search, token: Token) -> list[Actor] | None:
    """ "Peru's decision and its pledge": of whom the noun is to which this one is joined.

    Example: Chile welcomed Peru's decision and *its* pledge to sign. → Peru
    """
    return _standing_for(search, token, clauses.children(token.head.head, "poss")) or None


@when(_is_possessive)
def looking_ahead(search: Search, token: Token) -> list[Actor] | None:
    """ "After her talks with …, Roe …": of the subject that follows, where a phrase stands before its clause.

    Example: Chile spoke first. In *its* reply, Peru rejected the map. → Peru
    """
    *_, phrase = clauses.upward(token.head, ("pobj", "pcomp", "dobj"))
    before = phrase.dep_ in ("prep", "advcl") and phrase.i < token.i
    subjects = clauses.children(phrase.head, *clauses.NAMED_SUBJECTS) if before else []
    behind = [subject for subject in subjects if subject.i > token.i][:1]
    return [a for a in _standing_for(search, token, behind) if _can_be(a, token)] or None


def _can_be(actor: Actor, token: Token) -> bool:
    """Whether a party can be "his", "her", "its" or "their"."""
    kinds = next(kinds for forms, kinds in _KINDS if token.lower_ in forms)
    return actor.party.kind in kinds and agrees(actor, _gender(token))


@when(is_one_of(words.IT), _is_sayer)
def body_speaks_on(search: Search, token: Token) -> list[Actor] | None:
    """ "…, it said": the body that spoke last.

    Example: "Chile should pay," Peru said. Its envoy left. "We wait for that," *it* added. → Peru
    """
    first = search.reading.sentences[max(0, search.reading.sentence_number[token.i] - _SPOKE_WITHIN)].start
    verbs = reversed(search.reading.reporting_verbs_in(first, token.sent.start))
    spoken = (_standing_for(search, token, clauses.subjects(verb)) for verb in verbs)
    bodies = (list(filter(_is_body, found)) for found in spoken)
    return next(filter(None, bodies), None)


def _is_body(actor: Actor) -> bool:
    return actor.party.kind in (*_BODIES, EntityType.Group)


@when(hangs_as(*clauses.NAMED_SUBJECTS), above(_is_that_clause))
def source_before_message(search: Search, token: Token) -> list[Actor] | None:
    """ "a response to signals from Peru that it will …": of whom the signals right before the clause come.

    Example: Chile reacted to signals from Peru that *it* will sign. → Peru
    """
    that = clauses.children_with(token.head, words.THAT, "mark")[0]
    sender = that.nbor(-1)
    is_message = clauses.is_after(sender, words.FROM) and sender.head.head.pos_ == "NOUN"
    return _standing_for(search, token, [sender] if is_message else []) or None


@when(hangs_as(*clauses.NAMED_SUBJECTS), above(hangs_as("acl", "ccomp", "relcl"), _is_that_clause))
def source_of_message(search: Search, token: Token) -> list[Actor] | None:
    """ "a message from Peru that it will …": of whom a message comes from.

    Example: Chile welcomed a message from Peru that *it* will sign. → Peru
    """
    noun = token.head.head
    message = noun.head.head if noun.pos_ == "PROPN" and noun.dep_ == "pobj" else noun
    senders = [*clauses.children(message, "poss"), *clauses.prepositional(message, *words.FROM)]
    return _standing_for(search, token, senders if message.pos_ == "NOUN" else []) or None


def _standing_for(search: Search, token: Token, heads: list[Token]) -> list[Actor]:
    return [again(actor, token, 0.75) for head in heads for actor in search.who(head)]


@when(is_one_of(words.EXPLETIVE), _is_of_being)
def expletive(search: Search, token: Token) -> list[Actor] | None:
    """ "It is important to …", "it is X that …": the pronoun stands for nothing.

    Example: Peru signed the accord. *It* is important to keep talking. → nobody
    """
    predicates = clauses.children(token.head, "acomp", "attr")
    of_parties = any(_is_of_parties(search, predicate) for predicate in predicates)
    return [] if not of_parties and clauses.children_of((token.head, *predicates), *_CLAUSES) else None


def _is_of_parties(search: Search, predicate: Token) -> bool:
    """ "it is ready to sign": only somebody can be that."""
    moves = (predicate.lemma_.lower(), "adjective") in search.reading.knowledge.frames
    return moves or search.reading.is_word("personal-adjective", predicate)


@when(is_one_of(words.IT), hangs_as("nsubj"))
def of_a_matter(search: Search, token: Token) -> list[Actor] | None:
    """ "it" after a treaty or a plan that is spoken of: no party.

    Example: Peru and Chile talked. The treaty was drafted in May. *It* requires a pullout. → nobody
    """
    subjects = (s for _, s in subjects_before(search.reading, token, 2) if s.head != token.head)
    nearest_one = islice(subjects, 1)
    return [] if any(search.reading.is_one_of(s, *_SPOKEN_OF) and not search.who(s) for s in nearest_one) else None


@when(is_one_of(words.IT))
def thing(search: Search, token: Token) -> list[Actor] | None:
    """ "it": the state or body in focus, else the nearest one named before; nobody where two are level.

    Example: Peru welcomed the plan. *It* will sign the accord. → Peru
    """
    return in_focus(search, token, _BODIES, 0.75) or _nearest_body(search.reading, token)


def _nearest_body(reading: Reading, token: Token) -> list[Actor]:
    """The nearest body named before; nobody where two are level."""
    found = earlier_namings(reading, token, (*_BODIES, EntityType.Group))
    level = {naming.party for score, naming in found[:2] if found[0][0] - score < _LEVEL}
    meant = found[:1] if len(level) == 1 else []
    return [standing_for(naming, clauses.itself(token), 0.7) for _, naming in meant]


@when(is_one_of(words.THEY))
def several(search: Search, token: Token) -> list[Actor] | None:
    """ "they": the plural subject of this or the last sentence, else parties named together, else the nearest body.

    Example: Peru and Chile welcomed the plan. *They* will sign it in May. → Peru and Chile
    """
    reading = search.reading
    for _, subject in subjects_before(reading, token, 2):
        found = search.who(subject)
        decides = _are_several(subject, found) if found else _is_unknown_owner(subject, token)
        if decides:
            return [again(actor, token, 0.7) for actor in found]
    named = pairs.members(search, token) or nearest(reading, token, _COLLECTIVE, 0.5, clauses.itself(token))
    return named or _collective(search, token)


def _collective(search: Search, token: Token) -> list[Actor]:
    """ "The parliament met. They …": a body that is the subject of this or the last sentence."""
    subjects = (search.who(subject) for _, subject in subjects_before(search.reading, token, 2))
    bodies = (found for found in subjects if found and found[0].party.kind in _COLLECTIVE)
    return [again(actor, token, 0.6) for actor in next(bodies, [])]


def _are_several(subject: Token, found: list[Actor]) -> bool:
    joined = len(found) > 1 or bool(clauses.children(subject, "conj"))
    return joined or found[0].party.kind == EntityType.Group or clauses.is_plural(subject) or _are_said_to(subject)


def _are_said_to(subject: Token) -> bool:
    """ "The Front have met", "the Council were told": by its verb a body is several."""
    verb = subject.head
    finite = [*clauses.children(verb, "aux", "auxpass"), verb][0]
    return subject.dep_ != "attr" and (finite.tag_ == "VBP" or finite.lower_ in words.WERE)


def _is_unknown_owner(subject: Token, token: Token) -> bool:
    """ "The men restated their …": nobody who is known."""
    return subject.tag_ == "NNS" and token.dep_ == "poss" and subject.head.is_ancestor(token.head)


RULES: tuple[Rule, ...] = (
    first_person,
    glossed,
    answerable,
    owner_beside,
    looking_ahead,
    source_before_message,
    source_of_message,
    speaks_on,
    body_speaks_on,
    after_quotation,
    person,
    expletive,
    of_a_matter,
    thing,
    several,
)
