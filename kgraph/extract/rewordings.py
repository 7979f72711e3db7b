"""What the matter of a statement is called otherwise than the text words it: by who is to act, what was named before,
or words that stand apart from it.
"""

from __future__ import annotations

from functools import partial

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters, stand_ins
from kgraph.extract.bare_nouns import about
from kgraph.extract.completions import SAYS_LITTLE, Wording, completed
from kgraph.extract.matters import DOCUMENTS, kind_of, name_of
from kgraph.extract.omissions import is_explained
from kgraph.extract.phrase_ends import cuts, root_of, tops
from kgraph.extract.predicates import is_a
from kgraph.extract.reading import Reading
from kgraph.extract.reference import who_all
from kgraph.extract.rules.en import words
from kgraph.extract.tables import first, first_of, where
from kgraph.model.statement import Mention, ReadStatement
from kgraph.vocabulary import Relation

# So many words of a deed say enough without who does it.
_SAYS_ENOUGH = 5
# How many words the subject has that two clauses share.
_FEW_WORDS = 6
# Moves that are about what another is to do.
_ASKED_OF_ANOTHER = (Relation.callsFor,)


def reworded(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """The wording of a matter of a statement, completed by what the reader left out, by the first rule that has one;
    None where its own words do."""
    told = completed(reading, statement, mention, phrase)
    if told is not None and told.lead:
        return told
    return first_of(_REWORDINGS, reading, statement, mention, told.words if told is not None else phrase) or told


def without_subject(phrase: Span) -> Span:
    """What is to be done without who is to do it, where that alone says enough: "is" and "has" do not, nor does what is
    done to something."""
    root = root_of(phrase)
    if root.pos_ != "VERB" or root.lower_ in words.NOT_IN_A_NAME or clauses.is_passive(root):
        return phrase
    own = [child.i for child in clauses.children(root, "neg") if child.i >= phrase.start]
    return phrase.doc[min((*own, root.i)) : phrase.end]


def _awaited(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """What a condition brings about is not denied: "will not lift the ban until …" is "lift the ban"."""
    cue, root = reading.token_at(statement.trigger.start), root_of(phrase)
    waits = statement.relation == Relation.conditionsOn and cue.lower_ in words.UNLESS_OR_UNTIL
    if not waits or mention is not statement.object:
        return None
    if clauses.is_negated(root):
        return Wording(phrase.doc[root.i : phrase.end])
    return Wording(phrase[1:]) if phrase[0].lower_ in words.NO and len(phrase) > 1 else None


def _with_actor(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "it would agree" is "Chile would agree"; what somebody says of themselves needs no subject, where the deed says
    enough."""
    lead, deed = stand_ins.of_first(reading, phrase), without_subject(phrase)
    if lead is None:
        return None
    own = statement.actor is not None and lead == statement.actor.name
    if own and _SAYS_ENOUGH <= len(deed) < len(phrase):
        return Wording(deed)
    rest = phrase[2:] if len(phrase) > 2 and phrase[1].lower_ in words.OWN else phrase[1:]  # "Peru's plan"
    return Wording(rest, lead)


def _with_clause(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "guarantees that Peru would leave": where hardly a word names a thing, the clause beside it does; that of the
    move itself only where it tells more than who makes it ("a deal with Peru", not "a charge denied by Peru")."""
    root, trigger = root_of(phrase), reading.token_at(statement.trigger.start)
    telling = clauses.children(root, "acl", "relcl") if clauses.is_nominal(root) else []
    beside = [c for c in telling if phrase.start <= c.i < phrase.end and not is_explained(reading, c)]
    little = len(mention.name.split()) <= SAYS_LITTLE or any(map(partial(_says_what, reading, root), beside))
    tells = any(trigger not in clause.subtree or _tells_between_whom(clause) for clause in beside)
    return Wording(phrase) if little and tells else None


def _tells_between_whom(clause: Token) -> bool:
    """ "a deal made between Peru and Chile"."""
    return bool(clauses.prepositional(clause, *words.PARTNER))


def _says_what(reading: Reading, noun: Token, clause: Token) -> bool:
    """ "the proposal by Peru to share the port", "the text drawn up by Peru": what is proposed, and by whom."""
    return (
        clauses.is_to_infinitive(clause)
        or kind_of(reading, noun) in DOCUMENTS
        and any(map(is_a("PROPN"), clauses.agents(clause)))
    )


def _with_first_verb(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "lower or lift the toll": who lifts it does not lower it, yet it is one thing that is to be done."""
    verb = phrase[0]
    shares = verb.dep_ == "conj" and clauses.shares_object(verb.head) == verb
    return Wording(phrase.doc[verb.head.i : phrase.end]) if shares else None


def _lacks_doer(phrase: Span) -> bool:
    """Whether a phrase is a clause that does not say who is to do it."""
    root = root_of(phrase)
    before = (*clauses.children(root, *clauses.SUBJECTS), *filter(clauses.is_nominal, tops(phrase)))
    named = any(subject in phrase for subject in before)
    return clauses.is_verbal(root) and not named and phrase[0].pos_ != "PRON"


def _with_both(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "Peru and Chile agreed to meet": a verb alone says nothing without the two who are to do it together."""
    alone = len(phrase) == 1 and _lacks_doer(phrase) and not [*phrase[0].rights]
    both = stand_ins.two_subjects(reading, phrase[0]) if alone else None
    return Wording(phrase, f"{both} to") if both is not None else None


def _wants_doer(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> bool:
    """Whether a clause lost who is to do it, and has a verb that wants a subject, or says what another is to do."""
    asked = statement.relation in _ASKED_OF_ANOTHER and root_of(phrase).tag_ == "VB"
    return any((_is_finite(phrase), asked)) and _lacks_doer(phrase)


def _is_finite(phrase: Span) -> bool:
    return phrase[0].tag_ == "MD"


@where(_wants_doer)
def _with_doer(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "wants Chile to leave", "warned that Chile may leave": who is to do it, where that is another than who asks for
    it, or a verb stands alone."""
    doers = _doers(phrase)
    doer = first(map(partial(_name_of_doer, reading), doers))
    wanted = any((_is_finite(phrase), len(phrase) == 1, _are_others(reading, statement, doers)))
    if doer is None or not wanted:
        return None
    return Wording(phrase, doer if _is_finite(phrase) else f"{doer} to")


def _doers(phrase: Span) -> list[Token]:
    root = root_of(phrase)
    heard = [t for t in clauses.children(root.head, "dobj") if t.i < phrase.start and root.dep_ == "ccomp"]
    return heard or clauses.subjects(root)


def _are_others(reading: Reading, statement: ReadStatement, doers: list[Token]) -> bool:
    """Whether those who are to do something are surely not who asks for it."""
    names, actor = {each.party.name for each in who_all(reading, doers)}, statement.actor
    return actor is not None and all((names, actor.name not in names))


def _with_shared_subject(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "if the fate of the island were raised | and settled at the summit"."""
    root = root_of(phrase)
    shares = root.dep_ == "conj" and root.tag_ == "VBN" and _lacks_doer(phrase)
    things = clauses.labelled(clauses.subjects(root), "nsubjpass") if shares else []
    phrases = map(partial(_core, reading), filter(clauses.is_nominal, things))
    return next((Wording(phrase, name_of(reading, each)) for each in filter(_is_short, phrases)), None)


def _core(reading: Reading, noun: Token) -> Span:
    """The words of a noun as far as few go; what an issue or a question is, for these."""
    asked = clauses.children_with(noun, words.OF, "prep") if reading.is_lemma("issue-noun", noun) else []
    core = first(map(_behind, asked)) or clauses.noun_phrase(noun)
    ends = (cut.left for cut in cuts(core, root_of(core), strict=True))
    return next(filter(_is_short, ends), core)


def _behind(preposition: Token) -> Span:
    return preposition.doc[preposition.i + 1 : preposition.right_edge.i + 1]


def _is_short(phrase: Span) -> bool:
    return len(phrase) <= _FEW_WORDS


def _in_its_words(reading: Reading, subject: Token) -> str | None:
    has_words = clauses.is_nominal(subject) and subject.pos_ != "PRON"
    return name_of(reading, clauses.short_phrase(subject)) if has_words else None


def _name_of_doer(reading: Reading, subject: Token) -> str | None:
    """Who is to do something, by a name."""
    return first_of(_NAMES_OF_DOERS, reading, subject)


_NAMES_OF_DOERS = (stand_ins.of_object, stand_ins.of_party, stand_ins.of_description, _in_its_words)


def _with_object(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "the island, which Peru would not leave out of the pact": what a verb is done to stands before its clause."""
    verb = phrase[0]
    things = clauses.direct_objects(verb) if clauses.is_verbal(verb) and not clauses.is_passive(verb) else []
    named = first(_name_of_doer(reading, thing) for thing in things if thing.i < phrase.start)
    if named is None:
        return None
    if len(phrase) == 1:
        return Wording(phrase, behind=named)
    return Wording(phrase[1:], f"{reading.label(phrase[:1])} {named}")


def _with_meeting(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "refused to attend": what was named before."""
    verb = phrase[-1]
    if not reading.is_word("attending-verb", verb) or not clauses.is_verbal(verb) or [*verb.rights]:
        return None
    found = matters.meeting_before(reading, verb)
    return Wording(phrase, behind=found.name) if found is not None else None


def _reported(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "Chile warned of sanctions if …": what was warned of comes about, not the warning."""
    verb = root_of(phrase)
    if mention is not statement.object or verb.tag_ != "VBD" or not reading.is_lemma("reporting-verb", verb):
        return None
    told = [*clauses.prepositional(verb, *words.OF), *clauses.children(verb, "ccomp")]
    named = [t for t in told if t in phrase]
    return Wording(phrase.doc[named[0].left_edge.i : named[0].right_edge.i + 1]) if named else None


def _ends_with_noun(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> bool:
    return mention.antecedent is None and clauses.is_nominal(phrase[-1])


@where(_ends_with_noun)
def _with_topic(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "refused to deliver its answer": to what, as the text has told before."""
    told = about(reading, phrase[-1])
    return Wording(phrase, behind=told) if told is not None else None


def _is_enacted(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> bool:
    return statement.relation == Relation.enacts and mention is statement.object


@where(_is_enacted)
def _done_to_party(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "blacklisted two banks": what is done to a party is the deed, not the party."""
    verb, thing = reading.token_at(statement.trigger.start), phrase.root
    deed = words.DEED_NOUN.get(verb.lemma_.lower())
    is_deed = thing.lower_.endswith(words.ENDINGS_OF_DEEDS[:2])
    is_done_to = thing in clauses.all_conjuncts(clauses.direct_objects(verb))
    return Wording(phrase, deed) if deed is not None and is_done_to and not is_deed else None


_REWORDINGS = (
    _awaited,
    _reported,
    _done_to_party,
    _with_actor,
    _with_first_verb,
    _with_object,
    _with_both,
    _with_doer,
    _with_shared_subject,
    _with_meeting,
    _with_clause,
    _with_topic,
)
