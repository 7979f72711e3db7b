"""What the matter of a statement is called otherwise than the text words it: by who is to act, what was named before,
or words that stand apart from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters, stand_ins
from kgraph.extract.matters import DOCUMENTS, is_proviso, kind_of, name_of
from kgraph.extract.omissions import TIMES, is_explained, is_time
from kgraph.extract.phrase_ends import root_of
from kgraph.extract.predicates import is_a
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of, first, first_of
from kgraph.model.statement import Mention, ReadStatement
from kgraph.vocabulary import Relation

# So many words of a deed say enough without who does it, and so few of a thing say little.
_SAYS_ENOUGH, _SAYS_LITTLE = 5, 2
# Moves that are about what another is to do.
_ASKED_OF_ANOTHER = (Relation.callsFor,)


@dataclass(frozen=True)
class Wording:
    """Words of the text, and the names to be put before and behind them."""

    words: Span
    lead: str = ""
    behind: str = ""


def reworded(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """The wording of a matter of a statement by the first rule that has one; None where its own words do."""
    return first_of(_REWORDINGS, reading, statement, mention, phrase)


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
    little = len(mention.name.split()) <= _SAYS_LITTLE or any(map(partial(_says_what, reading, root), beside))
    tells = any(trigger not in clause.subtree or _tells_between_whom(clause) for clause in beside)
    return Wording(phrase) if little and tells else None


def _tells_between_whom(clause: Token) -> bool:
    """ "an agreement reached between Peru and Chile"."""
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
    named = any(subject in phrase for subject in clauses.children(root, *clauses.SUBJECTS))
    return clauses.is_verbal(root) and not named and phrase[0].pos_ != "PRON"


def _with_both(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "Peru and Chile agreed to meet": a verb alone says nothing without the two who are to do it together."""
    alone = len(phrase) == 1 and _lacks_doer(phrase) and not [*phrase[0].rights]
    both = stand_ins.two_subjects(reading, phrase[0]) if alone else None
    return Wording(phrase, f"{both} to") if both is not None else None


def _with_doer(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "wants Chile to leave", "warned that Chile may leave": a clause that lost who is to do it, where it says little
    or has a verb that wants a subject."""
    root, finite = root_of(phrase), phrase[0].tag_ == "MD"
    says_little = len(phrase) == 1 and statement.relation in _ASKED_OF_ANOTHER
    if not _lacks_doer(phrase) or not (finite or says_little):
        return None
    heard = [t for t in clauses.children(root.head, "dobj") if t.i < phrase.start and root.dep_ == "ccomp"]
    doer = first(_name_of_doer(reading, token) for token in heard or clauses.subjects(root))
    return Wording(phrase, doer if finite else f"{doer} to") if doer else None


def _name_of_doer(reading: Reading, subject: Token) -> str | None:
    """Who is to do something, by a name."""
    if subject.pos_ == "PRON":
        return stand_ins.of_object(reading, subject)
    return name_of(reading, clauses.short_phrase(subject)) if clauses.is_nominal(subject) else None


def _with_object(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "the island, which Peru refused to include in the pact": what a verb is done to stands before its clause."""
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


def _with_what_follows(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "sanctions on Peru", "accession to the pact": what a bare noun is directed to, where the parser hangs it on the
    verb or the reader left it out."""
    noun, preposition = phrase[-1], _after_day(phrase)
    bare = noun.pos_ == "NOUN" and len(mention.name.split()) <= _SAYS_LITTLE and mention.antecedent is None
    if not bare or not _directs(noun, preposition) or any_of((is_time, is_proviso), reading, preposition):
        return None
    if reading.token_at(statement.trigger.start) in preposition.subtree:
        return None
    return Wording(phrase.doc[phrase.start : preposition.right_edge.i + 1])


def _after_day(phrase: Span) -> Token:
    """The word behind a phrase, or behind the day that follows it ("the announcement today of a truce")."""
    behind = phrase.doc[phrase.end : phrase.end + 2]
    days = [t for t in behind[:1] if t.dep_ == "npadvmod" and t.ent_type_ in TIMES]
    return next(iter(behind[len(days) :]), phrase[-1])


def _directs(noun: Token, preposition: Token) -> bool:
    """Whether a preposition leads from a noun to what it is directed to: one of its own, or a few of those above it."""
    own = preposition.head == noun and preposition.lower_ not in (*words.PLACE, *words.AS)
    of_noun = preposition.lower_ in words.OF and not clauses.is_blaming(preposition.head)
    directs = of_noun or preposition.lower_ in words.DIRECTED
    above = preposition.head in (noun.head, noun.head.head) and directs
    return preposition.dep_ == "prep" and (own or above) and bool(clauses.children(preposition, "pobj"))


def _with_complement(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """What completes a verb or noun and what the reader left out: "recognise the island, which Peru held, | as a part
    of Chile", "assume some | of the debt"."""
    trigger = reading.token_at(statement.trigger.start)
    behind = _right_behind(phrase) or _past_aside(reading, phrase)
    if behind is None or trigger in behind.subtree or mention.antecedent is not None:
        return None
    return Wording(phrase.doc[phrase.start : behind.right_edge.i + 1])


def _right_behind(phrase: Span) -> Token | None:
    """ "assume some | of the debt"."""
    root = root_of(phrase)
    completing = clauses.children(root, "dobj", "acomp", "xcomp") if clauses.is_verbal(root) else []
    bound = chain(*(clauses.children_with(token, words.OF, "prep") for token in phrase), completing)
    return next((c for c in bound if c.left_edge.i == phrase.end), None)


def _past_aside(reading: Reading, phrase: Span) -> Token | None:
    """ "recognise the island, which Peru held, | as a part of Chile"."""
    last = phrase[-1]
    stopped = last.dep_ != "dobj" and any(map(partial(is_explained, reading), (last, *last.ancestors)))
    governed = clauses.children_with(root_of(phrase), words.AFTER_A_VERB, "prep") if stopped else []
    return next((c for c in governed if c.i >= phrase.end), None)


def _reported(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "Chile warned of sanctions if …": what was warned of comes about, not the warning."""
    verb = root_of(phrase)
    if mention is not statement.object or verb.tag_ != "VBD" or not reading.is_lemma("reporting-verb", verb):
        return None
    told = [*clauses.prepositional(verb, *words.OF), *clauses.children(verb, "ccomp")]
    named = [t for t in told if t in phrase]
    return Wording(phrase.doc[named[0].left_edge.i : named[0].right_edge.i + 1]) if named else None


_REWORDINGS = (
    _awaited,
    _reported,
    _with_actor,
    _with_first_verb,
    _with_object,
    _with_both,
    _with_doer,
    _with_meeting,
    _with_clause,
    _with_what_follows,
    _with_complement,
)
