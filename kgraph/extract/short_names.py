"""A short name for a matter whose wording is long: cut where the parse lets a phrase end, never in its middle.

"the treaty with Peru about its access to the northern river" is "treaty with Peru", not "treaty with Peru about its
access": what a word cannot do without stays with it, or goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters, stand_ins
from kgraph.extract.matters import DOCUMENTS, WITHOUT_QUOTES, is_proviso, kind_of, name_of
from kgraph.extract.phrase_ends import Cut, cuts, goes_on_with_the_name, root_of, tops
from kgraph.extract.reading import Reading
from kgraph.extract.reference import who_all
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of, first, first_of
from kgraph.model.statement import ACTOR_TYPES, BROKEN_OFF, MAX_NAME_WORDS, Mention, ReadStatement
from kgraph.model.wording import broken_off
from kgraph.vocabulary import EntityType, Relation

# "the treaty 's terms"
_POSSESSIVE = re.compile(r"\s+(['’]s\b)")
Test = Callable[[Reading, Token], bool]

_NO_MATTERS = (*ACTOR_TYPES, EntityType.Figure)
# So many words of a deed say enough without who does it, and so few of a thing say little.
_SAYS_ENOUGH, _SAYS_LITTLE = 5, 2
# "the deal"
_A_NOUN_ALONE = 2
_TIMES = ("DATE", "TIME")
# What marks set apart: not the article in "Malta, Kenya, the United States".
_APART = ("appos", "parataxis", "relcl", "npadvmod")
# "she must": with these no name begins.
_NO_BEGINNING = ("PRP", "PRP$", "WP", "WP$", "MD")
# Words with which a name can break off.
_FULL_WORDS = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
# What can stand before the subject of a clause.
_SETTING = ("prep", "advmod", "npadvmod", "punct", "cc")
# How many words a name has at most, where those that are shown at best say too little.
_MOST = MAX_NAME_WORDS + 2
# Moves that are about what another is to do.
_ASKED_OF_ANOTHER = (Relation.callsFor,)


@dataclass(frozen=True)
class Wording:
    """Words of the text, and the names to be put before and behind them."""

    words: Span
    lead: str = ""
    behind: str = ""


def shortened(reading: Reading, statement: ReadStatement) -> ReadStatement:
    """A statement whose matters have a short name where their own is long, begins with a pronoun for who is to act, or
    denies what comes about by a condition."""
    return replace(
        statement,
        object=_with_short_name(reading, statement, statement.object),
        condition=_with_short_name(reading, statement, statement.condition),
        content=_with_short_name(reading, statement, statement.content),
    )


def _with_short_name(reading: Reading, statement: ReadStatement, mention: Mention | None) -> Mention | None:
    if mention is None or _has_its_name(mention):
        return mention
    phrase = _own_part(_words_of(reading, mention))
    return _named_by(reading, mention, phrase, first_of(_REWORDINGS, reading, statement, mention, phrase))


def with_short_name(reading: Reading, mention: Mention) -> Mention:
    """A mention beside the statements, with a short name where its own is long or points back."""
    return mention if _has_its_name(mention) else _named_by(reading, mention, _own_part(_words_of(reading, mention)))


def _has_its_name(mention: Mention) -> bool:
    return mention.type in _NO_MATTERS or mention.short_name is not None


def _named_by(reading: Reading, mention: Mention, phrase: Span, reworded: Wording | None = None) -> Mention:
    """A mention with the name of a wording, where there is one other than its own words, or those are too many."""
    points_back = any(_stand_in(reading, token, phrase) for token in phrase)
    is_part = len(phrase) < len(_words_of(reading, mention))
    if reworded is None and not is_part and not points_back and not _is_long(mention.name):
        whole = phrase[0].tag_ not in _NO_BEGINNING and "(" not in mention.name
        is_small = not any(token.pos_ in _FULL_WORDS for token in phrase)  # "they have to"
        return replace(mention, short_name=mention.name) if whole or is_small else mention
    return replace(mention, short_name=short_name(reading, reworded or Wording(phrase)))


def _is_long(name: str) -> bool:
    """Whether a name has more words than are shown, or several parts, of which some may only explain."""
    return len(name.split()) > MAX_NAME_WORDS or "," in name


def _words_of(reading: Reading, mention: Mention) -> Span:
    """The words that name a matter: its own, or those that they point back to."""
    place = mention.antecedent or mention.span
    return reading.doc[reading.token_at(place.start).i : reading.token_at(place.end - 1).i + 1]


def _own_part(phrase: Span) -> Span:
    """A phrase without words before it that are none of what it names."""
    return _without_setting(_without_there(phrase))


def _without_there(phrase: Span) -> Span:
    """ "there would be a truce" is a truce."""
    root = root_of(phrase)
    things = clauses.children(root, "attr") if clauses.children(root, "expl") else []
    starts = [thing.left_edge.i for thing in things if thing.left_edge in phrase]
    return phrase.doc[starts[0] : phrase.end] if starts else phrase


def _without_setting(phrase: Span) -> Span:
    """ "In this spirit, Peru would lift the ban": what stands before the subject of a clause is none of the deed."""
    root = root_of(phrase)
    subject = next((c for c in clauses.children(root, *clauses.NAMED_SUBJECTS) if c in phrase), None)
    if subject is None or not clauses.is_verbal(root):
        return phrase
    own = phrase.doc[max(subject.left_edge.i, phrase.start) : phrase.end]
    setting = {t.i for child in clauses.children(root, *_SETTING) for t in child.subtree}
    return own if all(t.i in setting for t in phrase.doc[phrase.start : own.start]) else phrase


# What is said otherwise than the text does, whatever its length


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
    lead, deed = stand_ins.of_first(reading, phrase), _without_subject(phrase)
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
    beside = [c for c in clauses.children(root, "acl", "relcl") if c in phrase and not is_explained(reading, c)]
    little = len(mention.name.split()) <= _SAYS_LITTLE or any(_says_what(reading, root, clause) for clause in beside)
    tells = little and any(trigger not in clause.subtree or _tells_between_whom(clause) for clause in beside)
    return Wording(phrase) if tells and clauses.is_nominal(root) else None


def _tells_between_whom(clause: Token) -> bool:
    """ "an agreement reached between Peru and Chile"."""
    return bool(clauses.prepositional(clause, *words.PARTNER))


def _says_what(reading: Reading, noun: Token, clause: Token) -> bool:
    """ "the proposal by Peru to share the port", "the text drawn up by Peru": what is proposed, and by whom."""
    return (
        clauses.is_to_infinitive(clause)
        or kind_of(reading, noun) in DOCUMENTS
        and any(agent.pos_ == "PROPN" for agent in clauses.agents(clause))
    )


def _with_first_verb(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "lower or lift the toll": who lifts it does not lower it, yet it is one thing that is to be done."""
    verb = phrase[0]
    shares = verb.dep_ == "conj" and clauses.shares_object(verb.head) == verb
    return Wording(phrase.doc[verb.head.i : phrase.end]) if shares else None


def _with_doer(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "wants Chile to leave", "warned that Chile may leave": a clause that lost who is to do it, where it says little
    or has a verb that wants a subject."""
    root = root_of(phrase)
    has_own = any(subject in phrase for subject in clauses.children(root, *clauses.SUBJECTS))
    if not clauses.is_verbal(root) or has_own or phrase[0].pos_ == "PRON":
        return None
    finite = phrase[0].tag_ == "MD"
    both = _both(reading, root) if len(phrase) == 1 and not [*root.rights] else None
    if both is not None:
        return Wording(phrase, f"{both} to")
    if not finite and (len(phrase) > 1 or statement.relation not in _ASKED_OF_ANOTHER):
        return None
    heard = [t for t in clauses.children(root.head, "dobj") if t.i < phrase.start and root.dep_ == "ccomp"]
    doers = [name for token in heard or clauses.subjects(root) if (name := _name_of_doer(reading, token))]
    return Wording(phrase, doers[0] if finite else f"{doers[0]} to") if doers else None


def _both(reading: Reading, verb: Token) -> str | None:
    """ "Peru and Chile agreed to meet": the two who are to do something together."""
    names = {actor.party.name: None for actor in who_all(reading, clauses.subjects(verb))}
    return " and ".join(names) if len(names) == len(words.BOTH) else None


def _name_of_doer(reading: Reading, subject: Token) -> str | None:
    """Who is to do something, by a name."""
    if subject.pos_ == "PRON":
        return stand_ins.of_object(reading, subject)
    return name_of(reading, clauses.short_phrase(subject)) if clauses.is_nominal(subject) else None


def _with_object(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """ "the island, which Peru refused to include in the pact": what a verb is done to stands before its clause."""
    verb = phrase[0]
    things = clauses.direct_objects(verb) if clauses.is_verbal(verb) and not clauses.is_passive(verb) else []
    named = [name for thing in things if thing.i < phrase.start and (name := _name_of_doer(reading, thing))]
    if not named:
        return None
    if len(phrase) == 1:
        return Wording(phrase, behind=named[0])
    return Wording(phrase[1:], f"{reading.label(phrase[:1])} {named[0]}")


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
    days = [t for t in behind[:1] if t.dep_ == "npadvmod" and t.ent_type_ in _TIMES]
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
    root, trigger = root_of(phrase), reading.token_at(statement.trigger.start)
    stopped = phrase[-1].dep_ != "dobj" and any(is_explained(reading, t) for t in (phrase[-1], *phrase[-1].ancestors))
    past_aside = [c for c in clauses.children_with(root, words.AFTER_A_VERB, "prep") if c.i >= phrase.end]
    bound = [c for token in phrase for c in clauses.children_with(token, words.OF, "prep")]
    bound += clauses.children(root, "dobj", "acomp", "xcomp") if clauses.is_verbal(root) else []
    behind = [c for c in bound if c.left_edge.i == phrase.end] or (past_aside if stopped else [])
    if not behind or trigger in behind[0].subtree or mention.antecedent is not None:
        return None
    return Wording(phrase.doc[phrase.start : behind[0].right_edge.i + 1])


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
    _with_doer,
    _with_meeting,
    _with_clause,
    _with_what_follows,
    _with_complement,
)


# The words that a name has room for


def short_name(reading: Reading, wording: Wording) -> str:
    """The name of the longest part of a wording that can stand alone; where every cut takes away what is needed, the
    first words with a sign that more follows."""
    phrase = wording.words
    named, deed = _with_short_subject(reading, wording), Wording(_without_subject(phrase))
    left_out = [_left_out(reading, phrase, tests) for tests in _LEFT_OUT]
    # "they would leave", "those who fight": who is to do it has no name
    is_unnamed = phrase[0].pos_ == "PRON" and phrase[0].tag_ in ("PRP", "DT") and not wording.lead
    alike = [] if is_unnamed else [wording, named]
    found = first(_best(reading, tried, left_out) for tried in (alike, [deed]))
    loose = (Trial(each, strict=False) for each in (wording, named, deed))
    found = found or first(_best_name(reading, trial, left_out) for trial in loose)
    if found is not None:
        return found.words
    begins_with_pronoun = named.words[0].pos_ == "PRON" and not named.lead
    return _broken_off(reading, deed if begins_with_pronoun else named, left_out[-1])


@dataclass(frozen=True)
class Trial:
    """A wording to be named: how many words the name has at most, whether a cut keeps all that is needed, and whether
    the name leaves out what may tell something."""

    wording: Wording
    most: int = MAX_NAME_WORDS
    strict: bool = True
    sparing: bool = True


def _best(reading: Reading, wordings: Iterable[Wording], left_out: Sequence[Collection[int]]) -> _Name | None:
    """A name of as many words as are shown at best; rather two more where that leaves a part of what is meant and they
    tell more of it."""
    steps = ((MAX_NAME_WORDS, False), (_MOST, False), (_MOST, True))
    trials = [[Trial(each, most, sparing=sparing) for each in wordings] for most, sparing in steps]
    found = [first(_best_name(reading, trial, left_out) for trial in step) for step in trials]
    best = first(found)
    if best is None or best.is_whole:
        return best
    fuller = [name for name in found if name is not None and name.covers > best.covers]
    return next((name for name in fuller if name.is_whole), next(iter(fuller), best))


def _best_name(reading: Reading, trial: Trial, left_out: Sequence[Collection[int]]) -> _Name | None:
    """The name of the longest part of a wording."""
    found = cuts(trial.wording.words, root_of(trial.wording.words), trial.strict)
    without = left_out if trial.sparing else left_out[:_KEEPING]
    return max((name for cut in found for name in _names(reading, trial, cut, without)), default=None)


def _broken_off(reading: Reading, wording: Wording, without: Collection[int]) -> str:
    """The first words of a phrase that cannot end anywhere early, up to one that is not small, with a sign that more
    follows."""
    phrase = wording.words
    for end in range(phrase.end, phrase.start, -1):
        name = f"{wording.lead} {_worded(reading, phrase.doc[phrase.start : end], without, wording.lead)}".strip()
        if len(name.split()) <= _MOST and phrase.doc[end - 1].pos_ in _FULL_WORDS:
            return name if end == phrase.end else name + BROKEN_OFF
    return broken_off(f"{wording.lead} {_worded(reading, phrase, without, wording.lead)}")


@dataclass(frozen=True, order=True)
class _Name:
    """A name that is short enough, ordered by how far into the phrase it reaches, by how high in the phrase it ends,
    and by how little is left out in its middle; and whether it names the whole."""

    covers: int
    height: int
    fullness: int
    words: str
    is_whole: bool


def _names(reading: Reading, trial: Trial, cut: Cut, left_out: Iterable[Collection[int]]) -> Iterator[_Name]:
    lead, behind = trial.wording.lead, trial.wording.behind
    for weight, without in enumerate(left_out):
        rest = _worded(reading, cut.left, without, lead)
        if lead and lead in rest:
            return  # "he will meet him": two people
        words_of = f"{lead} {rest} {behind}".strip()
        last = next((t for t in reversed(cut.left) if t.i not in without and not t.is_punct), cut.left.root)
        if 1 < len(words_of.split()) <= trial.most and last.dep_ != "prep":
            yield _Name(cut.left.end, -cut.depth, -weight, words_of, cut.is_whole)


def _worded(reading: Reading, phrase: Span, without: Collection[int], lead: str) -> str:
    """The words of a phrase without those that are left out, and with names for what only points to something."""
    names = ((token.i, _stand_in(reading, token, phrase)) for token in phrase)
    stand_in = {place: name for place, name in names if name and place not in without}
    pointing = {child.i for token in phrase if token.i in stand_in for child in clauses.children(token, "det")}
    pieces: list[str] = []
    for kept, run in groupby(phrase, key=lambda t: stand_in.get(t.i) or t.i not in without and t.i not in pointing):
        first, *others = run
        words_of = phrase.doc[first.i : first.i + len(others) + 1]
        if kept is True:
            piece = reading.label(words_of) if lead or pieces else name_of(reading, words_of)
            parted = words_of[-1].text == "," and words_of.end < phrase.end  # "Malta, Kenya, | the | United States"
            pieces.append(piece.rstrip(",") + "," * parted)
        elif kept:
            pieces.append(kept)
    return " ".join(_POSSESSIVE.sub(r"\1", " ".join(pieces).translate(WITHOUT_QUOTES)).split()).rstrip(" ,")


def _stand_in(reading: Reading, token: Token, phrase: Span) -> str | None:
    """What stands for a pronoun, or for "the deal" in a longer phrase; a matter that is no more than that has its name
    already."""
    name = stand_ins.of_object(reading, token) or stand_ins.of_both(reading, token)
    return name or (stand_ins.of_thing(reading, token) if len(phrase) > _A_NOUN_ALONE else None)


def _with_short_subject(reading: Reading, wording: Wording) -> Wording:
    """ "the sanctions of the council on Peru | must be lifted": the subject of a clause without what hangs on it, and
    the rest of the clause; the wording itself where it has no such subject of its own."""
    phrase, root = wording.words, root_of(wording.words)
    own = [c for c in clauses.children(root, *clauses.NAMED_SUBJECTS) if phrase.start <= c.i < root.i]
    subject = next(iter(own or [top for top in tops(phrase) if clauses.is_nominal(top) and top.i < root.i]), None)
    if wording.lead or subject is None or subject.pos_ == "PRON" or _is_nothing_alone(subject):
        return wording
    if any(t.dep_ == "cc" and t.head.pos_ == "ADP" for t in clauses.between(subject, phrase, root)):
        return wording  # "a halt in the attacks and for the talks to begin"
    behind = [c.i for c in clauses.children(root, "aux", "auxpass", "neg") if subject.i < c.i < root.i]
    together = [c.i + 1 for c in clauses.conjuncts(subject) if c.i < root.i]  # "Peru and Chile"
    short = clauses.short_phrase(subject)
    whole = [c.right_edge.i + 1 for c in clauses.children(subject, "prep") if goes_on_with_the_name(subject, c)]
    lead = phrase.doc[short.start : max(short.end, together[-1], *whole)]
    return Wording(phrase.doc[min((*behind, root.i)) : phrase.end], name_of(reading, lead))


def _is_nothing_alone(noun: Token) -> bool:
    """ "the heads of the forces", "efforts to reach a truce": a noun that says little without what it is of or for."""
    told = clauses.prepositional(noun, *words.OF) or [c for c in clauses.children(noun, "acl") if clauses.has_to(c)]
    return bool(told) and noun.pos_ != "PROPN" and not clauses.children(noun, "compound", "amod", "poss")


def _without_subject(phrase: Span) -> Span:
    """What is to be done without who is to do it, where that alone says enough: "is" and "has" do not, nor does what is
    done to something."""
    root = root_of(phrase)
    if root.pos_ != "VERB" or root.lower_ in words.NOT_IN_A_NAME or clauses.is_passive(root):
        return phrase
    own = [child.i for child in clauses.children(root, "neg") if child.i >= phrase.start]
    return phrase.doc[min((*own, root.i)) : phrase.end]


# What a name leaves out in its middle


def _left_out(reading: Reading, phrase: Span, tests: Iterable[Test]) -> frozenset[int]:
    """The places of the words that a name does without."""
    tokens = phrase if stand_ins.of_both(reading, phrase[0]) else phrase[1:]
    return frozenset(t.i for token in tokens if any_of(tests, reading, token) for t in _all_of(token, phrase))


def _all_of(token: Token, phrase: Span) -> list[Token]:
    """A word with what hangs on it within a phrase, and with the marks around what is said beside."""
    own = [t for t in token.subtree if t in phrase]
    around = (t for t in phrase if t.i in (own[0].i - 1, own[-1].i + 1))
    return [*own, *(t for t in around if t.is_punct and token.dep_ in _APART)]


def is_article(reading: Reading, token: Token) -> bool:
    """Articles.

    Example: Peru rejected the draft of *the* treaty. → True
    """
    return token.dep_ == "det" and token.lower_ in words.ARTICLE


def is_explained(reading: Reading, token: Token) -> bool:
    """What is said beside: appositions, clauses after a comma.

    Example: Peru, the *host* of the talks, must leave. → True
    """
    apart = token.dep_ == "relcl" and token.left_edge.i > 0 and token.left_edge.nbor(-1).is_punct
    of_several = token.dep_ == "appos" and token.head.head.lower_ in words.AMONG_PARTIES
    return apart or token.dep_ in ("appos", "parataxis") and not of_several


def is_time(reading: Reading, token: Token) -> bool:
    """When it is to be.

    Example: Peru must leave *on* Monday. → True
    """
    day = token.dep_ == "npadvmod" and token.ent_type_ in _TIMES
    ago = token.dep_ == "advmod" and any(t.ent_type_ in _TIMES for t in clauses.children(token, "npadvmod"))
    return day or ago or token.dep_ == "prep" and any(t.ent_type_ in _TIMES for t in clauses.children(token, "pobj"))


def is_medium(reading: Reading, token: Token) -> bool:
    """Where somebody says so.

    Example: Peru rejected the pact *in* a letter. → True
    """
    return token.dep_ == "prep" and matters.is_medium(reading, token)


def is_pronoun(reading: Reading, token: Token) -> bool:
    """Whose it is, by a pronoun.

    Example: The clans must disband *their* militias. → True
    """
    return token.dep_ == "poss" and token.pos_ == "PRON" and not is_shared(reading, token)


def is_shared(reading: Reading, token: Token) -> bool:
    """Whose it is, by a pronoun for two parties who can be named.

    Example: Peru and Chile agreed to settle *their* dispute. → True
    """
    return token.dep_ == "poss" and stand_ins.of_both(reading, token) is not None


def is_manner(reading: Reading, token: Token) -> bool:
    """How it is to be done.

    Example: Peru must *quickly* sign the pact. → True
    """
    return token.dep_ == "advmod" and token.lower_.endswith(words.MANNER) and clauses.is_verbal(token.head)


def is_vague(reading: Reading, token: Token) -> bool:
    """What says neither which nor what.

    Example: Peru must sign the *new* pact. → True
    """
    return token.dep_ == "amod" and reading.is_form("vague-modifier", token)


def is_title(reading: Reading, token: Token) -> bool:
    """What a person is, before the name.

    Example: Peru urged *President* Jane Roe to leave. → True
    """
    naming = reading.cast.at(token.head)
    before = naming is not None and token.i < naming.start and token.head.head.lower_ not in words.OF
    return before and token.dep_ in ("compound", "amod", "nmod") and reading.cast.is_person(token.head)


def is_party(reading: Reading, token: Token) -> bool:
    """Whose it is and between whom, where what it is about follows.

    Example: Peru signed the pact *between* the two states on free ports. → True
    """
    is_whose = token.dep_ == "prep" and token.lower_ in words.OF_PARTIES and clauses.is_nominal(token.head)
    behind = (c for c in token.head.rights if c.i > token.i)
    return is_whose and any(c.dep_ == "acl" and clauses.has_to(c) or c.lower_ in words.TOPIC for c in behind)


# Asides first, then articles where it is still too long, then what says little, then what may tell something.
LEFT_OUT: tuple[Test, ...] = (
    *(is_explained, is_time, is_medium),
    is_article,
    *(is_pronoun, is_manner, is_title),
    is_party,
    *(is_vague, is_shared),
)
_LEFT_OUT = (LEFT_OUT[:3], LEFT_OUT[:4], LEFT_OUT[:7], LEFT_OUT[:8], LEFT_OUT)
# How many of these steps leave out nothing that tells something.
_KEEPING = 4
