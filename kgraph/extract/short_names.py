"""A short name for a matter whose wording is long: cut where the parse lets a phrase end, never in its middle.

"the treaty with Peru about its access to the northern river" is "treaty with Peru", not "treaty with Peru about its
access": what a word cannot do without stays with it, or goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import attrgetter

from spacy.tokens import Span, Token

from kgraph.extract import clauses, omissions, stand_ins
from kgraph.extract.bare_nouns import place as place_name
from kgraph.extract.bare_nouns import topic
from kgraph.extract.completions import Wording
from kgraph.extract.matters import WITHOUT_QUOTES, kind_of, name_of
from kgraph.extract.phrase_ends import Cut, cuts, goes_on_with_the_name, root_of, tops
from kgraph.extract.reading import Reading
from kgraph.extract.rewordings import reworded, without_subject
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of, first, first_of, where
from kgraph.model.statement import ACTOR_TYPES, BROKEN_OFF, MAX_NAME_WORDS, Mention, ReadStatement
from kgraph.model.wording import broken_off
from kgraph.vocabulary import EntityType

# "the treaty 's terms"
_POSSESSIVE = re.compile(r"\s+(['’]s\b)")

_OF_OWNER = re.compile(r"['’]s?$")

_NO_MATTERS = (*ACTOR_TYPES, EntityType.Figure)
# "the deal"
_A_NOUN_ALONE = 2
# Between several parts, and around words of another.
_MARKS = frozenset((",", '"'))
# What marks set apart: not the article in "Malta, Kenya, the United States".
_APART = ("appos", "parataxis", "relcl", "npadvmod")
# "envoy for": with these none ends.
_NO_END = frozenset(("prep", "IN"))
# "she must": with these no name begins.
_NO_BEGINNING = ("PRP", "PRP$", "WP", "WP$", "MD")
# Words with which a name can break off.
_FULL_WORDS = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
# With what hangs on them behind.
_LEADING_ON = ("prep", "agent")
# What can stand before the subject of a clause.
_SETTING = ("prep", "advmod", "npadvmod", "punct", "cc")
# "the two sides": what goes with a noun that a name stands for.
_POINTING = ("det", "predet", "nummod", "amod")
# Behind the first of several names.
_AND_OTHERS = " and others"
# How many words a name has at most, where those that are shown at best say too little.
_MOST = MAX_NAME_WORDS + 2
# How many words of it the subject of a clause takes, which has to leave room for what is done.
_MOST_OF_A_SUBJECT = 6


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
    return _named_by(reading, mention, phrase, reworded(reading, statement, mention, phrase))


def with_short_name(reading: Reading, mention: Mention) -> Mention:
    """A mention beside the statements, with a short name where its own is long or points back."""
    return mention if _has_its_name(mention) else _named_by(reading, mention, _own_part(_words_of(reading, mention)))


def _has_its_name(mention: Mention) -> bool:
    return mention.type in _NO_MATTERS or mention.short_name is not None


def _named_by(reading: Reading, mention: Mention, phrase: Span, other: Wording | None = None) -> Mention:
    """A mention with the name of a wording, where there is one other than its own words, or those are too many."""
    points_back = any(_told(reading, token, phrase) for token in phrase)
    is_part = len(phrase) < len(_words_of(reading, mention))
    if not any((other, is_part, points_back, _is_long(mention.name))):
        whole = phrase[0].tag_ not in _NO_BEGINNING and "(" not in mention.name
        is_small = not any(token.pos_ in _FULL_WORDS for token in phrase)  # "they have to"
        return replace(mention, short_name=mention.name) if whole or is_small else mention
    return replace(mention, short_name=short_name(reading, other or Wording(phrase)))


def _is_long(name: str) -> bool:
    """Whether a name has more words than are shown, several parts, of which some may only explain, or half a quote."""
    return len(name.split()) > MAX_NAME_WORDS or not _MARKS.isdisjoint(name)


def _words_of(reading: Reading, mention: Mention) -> Span:
    """The words that name a matter: its own, or those that they point back to."""
    place = mention.antecedent or mention.span
    return reading.doc[reading.token_at(place.start).i : reading.token_at(place.end - 1).i + 1]


def _own_part(phrase: Span) -> Span:
    """A phrase without words around it that are none of what it names."""
    return _without_loose_end(_without_setting(_without_there(phrase)))


def _without_loose_end(phrase: Span) -> Span:
    """ "tolls imposed after | the flood": what the reader cut behind a word that leads on."""
    leads_on = phrase[-1].dep_ in _LEADING_ON and any(t.i >= phrase.end for t in phrase[-1].rights)
    return phrase[:-1] if leads_on and len(phrase) > 1 else phrase


def _without_there(phrase: Span) -> Span:
    """ "there would be a truce" is a truce."""
    root = root_of(phrase)
    things = clauses.children(root, "attr") if clauses.children(root, "expl") else []
    starts = [thing.left_edge.i for thing in things if thing.left_edge in phrase]
    return phrase.doc[starts[0] : phrase.end] if starts else phrase


def _without_setting(phrase: Span) -> Span:
    """ "In this spirit, Peru would lift the ban": what stands before the subject of a clause is none of the deed."""
    root = root_of(phrase)
    subjects = clauses.children(root, *clauses.NAMED_SUBJECTS) if clauses.is_verbal(root) else []
    subject = next((subject for subject in subjects if subject in phrase), phrase[0])
    own = phrase.doc[max(subject.left_edge.i, phrase.start) : phrase.end]
    setting = set(clauses.below(root, *_SETTING))
    return own if setting.issuperset(phrase.doc[phrase.start : own.start]) else phrase


# What stands for words that only point to something

# By a token within a phrase, and the name that is put before this.
Standing = Callable[[Reading, Token, Span, str], str | None]


def _has_no_lead(reading: Reading, token: Token, phrase: Span, lead: str) -> bool:
    return not lead


def _is_among_others(reading: Reading, token: Token, phrase: Span, lead: str) -> bool:
    """A matter that is no more than "the deal" has its name already."""
    return len(phrase) > _A_NOUN_ALONE


def _party(reading: Reading, token: Token, phrase: Span, lead: str) -> str | None:
    return stand_ins.of_object(reading, token) or stand_ins.of_both(reading, token)


@where(_has_no_lead)
def _owner(reading: Reading, token: Token, phrase: Span, lead: str) -> str | None:
    return stand_ins.of_inner(reading, token, phrase)


@where(_is_among_others)
def _thing(reading: Reading, token: Token, phrase: Span, lead: str) -> str | None:
    return stand_ins.of_thing(reading, token)


def _described(reading: Reading, token: Token, phrase: Span, lead: str) -> str | None:
    return stand_ins.of_description(reading, token)


def _place(reading: Reading, token: Token, phrase: Span, lead: str) -> str | None:
    return place_name(reading, token)


def _is_no_matter_itself(reading: Reading, token: Token, phrase: Span, lead: str) -> bool:
    """What a document or a meeting alone points back to is known by its reader."""
    is_measure = kind_of(reading, token) == EntityType.Measure
    return is_measure or _is_among_others(reading, token, phrase, lead)


@where(_is_no_matter_itself)
def _topic(reading: Reading, token: Token, phrase: Span, lead: str) -> str | None:
    return topic(reading, token)


_STAND_INS = (_party, _owner, _thing)
_TOLD = (*_STAND_INS, _described, _place, _topic)


def _stand_in(reading: Reading, token: Token, phrase: Span, lead: str = "") -> str | None:
    """What stands for a pronoun, and for "the deal" in a longer phrase."""
    return first_of(_STAND_INS, reading, token, phrase, lead)


def _told(reading: Reading, token: Token, phrase: Span, lead: str = "") -> str | None:
    """What stands for a pronoun, for "the president", "both sides" and "the war"."""
    return first_of(_TOLD, reading, token, phrase, lead)


# The words that a name has room for


def short_name(reading: Reading, wording: Wording) -> str:
    """The name of the longest part of a wording that can stand alone; where every cut takes away what is needed, the
    first words with a sign that more follows."""
    phrase, deed = wording.words, Wording(without_subject(wording.words))
    named, plain = (_with_short_subject(reading, wording, standing) for standing in (_told, _stand_in))
    left_out = [_left_out(reading, phrase, tests) for tests in omissions.STEPS]
    # "they would leave", "those who fight": who is to do it has no name
    is_unnamed = phrase[0].pos_ == "PRON" and phrase[0].tag_ in ("PRP", "DT") and not wording.lead
    alike = (([wording, named], _told), ([wording, plain], _stand_in))
    # "sanctions on | the banks": without what stands before it, that is no deed
    deeds = (([deed], _told), ([deed], _stand_in)) if deed.words != phrase or not wording.lead else ()
    tried = (*alike[2 * is_unnamed :], *deeds)
    found = first(_best(reading, each, left_out, standing) for each, standing in tried)
    details = _left_out(reading, phrase, (omissions.is_detail,))
    without_details = [places | details for places in left_out]
    loose = ((Trial(each, strict=False), left_out) for each in (wording, plain, deed))
    rest = chain([(Trial(wording, most=_MOST), without_details)], loose)
    found = found or first(_best_name(reading, *each) for each in rest)
    if found is not None:
        return found.words
    begins_with_pronoun = plain.words[0].pos_ == "PRON" and not plain.lead
    return _broken_off(reading, deed if begins_with_pronoun else plain, left_out[-1])


@dataclass(frozen=True)
class Trial:
    """A wording to be named: what stands for its words that point to something, how many words the name has at most,
    whether a cut keeps all that is needed, and whether the name leaves out what may tell something."""

    wording: Wording
    standing: Standing = _stand_in
    most: int = MAX_NAME_WORDS
    strict: bool = True
    sparing: bool = True


def _best(
    reading: Reading, wordings: Iterable[Wording], left_out: Sequence[Collection[int]], standing: Standing
) -> _Name | None:
    """A name of as many words as are shown at best; rather two more where that leaves a part of what is meant and they
    tell more of it."""
    steps = ((MAX_NAME_WORDS, False), (_MOST, False), (_MOST, True))
    trials = ([Trial(each, standing, most, sparing=sparing) for each in wordings] for most, sparing in steps)
    named = list(filter(None, (first(_best_name(reading, trial, left_out) for trial in step) for step in trials)))
    best = next(iter(named), None)
    if best is None or best.is_whole:
        return best
    fuller = (name for name in named if name.covers > best.covers)
    return max(fuller, key=attrgetter("is_whole"), default=best)


def _best_name(reading: Reading, trial: Trial, left_out: Sequence[Collection[int]]) -> _Name | None:
    """The name of the longest part of a wording."""
    found = cuts(trial.wording.words, root_of(trial.wording.words), trial.strict)
    without = left_out if trial.sparing else left_out[: omissions.KEEPING]
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
        rest = _worded(reading, cut.left, without, lead, trial.standing)
        if lead and lead in rest:
            return  # "he will meet him": two people
        words_of = f"{lead} {rest} {behind}".strip() + _AND_OTHERS * cut.leaves_others
        last = next((t for t in reversed(cut.left) if t.i not in without and not t.is_punct), cut.left.root)
        if 1 < len(words_of.split()) <= trial.most and _NO_END.isdisjoint((last.dep_, last.tag_)):
            yield _Name(cut.left.end, -cut.depth, -weight, words_of, cut.is_whole)


def _worded(reading: Reading, phrase: Span, without: Collection[int], lead: str, standing: Standing = _stand_in) -> str:
    """The words of a phrase without those that are left out, and with names for what only points to something."""
    names = ((token.i, standing(reading, token, phrase, lead)) for token in phrase)
    stand_in = _each_once({place: name for place, name in names if name and place not in without})
    pointing = {child.i for token in phrase if token.i in stand_in for child in clauses.children(token, *_POINTING)}
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


def _each_once(stand_in: dict[int, str]) -> dict[int, str]:
    """ "urged the two to end their row": whoever is named first is not named again."""
    kept: dict[int, str] = {}
    for place, name in stand_in.items():
        core = _OF_OWNER.sub("", name)
        if not any(core in other for other in kept.values()):
            kept[place] = name
    return kept


def _with_short_subject(reading: Reading, wording: Wording, standing: Standing) -> Wording:
    """ "the sanctions of the council on Peru | must be lifted": the subject of a clause without what hangs on it, and
    the rest of the clause; the wording itself where it has no such subject of its own."""
    phrase, root = wording.words, root_of(wording.words)
    subject = None if wording.lead else _subject_of(phrase, root)
    if subject is None or _is_one_of_two_objects(phrase, subject, root):
        return wording
    alone = clauses.conjuncts(subject) == [subject]
    name = alone and standing(reading, subject, phrase, "") or _name_of_subject(reading, subject, root)
    behind = [c.i for c in clauses.children(root, "aux", "auxpass", "neg") if subject.i < c.i < root.i]
    return wording if name is None else Wording(phrase.doc[min((*behind, root.i)) : phrase.end], name)


def _name_of_subject(reading: Reading, subject: Token, root: Token) -> str | None:
    """The words of a subject that name it; with what it is of or for, where it is nothing without, in a few words."""
    if not _is_nothing_alone(subject):
        return name_of(reading, _short_subject(subject, root))
    phrase = clauses.full_phrase(subject)
    left_out = [_left_out(reading, phrase, tests) for tests in omissions.STEPS[omissions.BRIEF :]]
    found = _best_name(reading, Trial(Wording(phrase), most=_MOST_OF_A_SUBJECT, strict=False), left_out)
    return found.words if found is not None else None


def _subject_of(phrase: Span, root: Token) -> Token | None:
    """What a phrase has before its verb that can be named: its subject, or else a noun that hangs on none of it."""
    own = [c for c in clauses.children(root, *clauses.NAMED_SUBJECTS) if phrase.start <= c.i < root.i]
    others = (top for top in tops(phrase) if clauses.is_nominal(top) and top.i < root.i)
    subject = next(chain(own, others), None)
    return subject if subject is not None and subject.pos_ != "PRON" else None


def _is_one_of_two_objects(phrase: Span, subject: Token, root: Token) -> bool:
    """ "a halt in the attacks and for the talks to begin"."""
    return any(t.dep_ == "cc" and t.head.pos_ == "ADP" for t in clauses.between(subject, phrase, root))


def _short_subject(subject: Token, root: Token) -> Span:
    """ "Peru and Chile", "the Partnership for Peace": the words of a subject that name it."""
    together = [token.i + 1 for token in clauses.conjuncts(subject) if token.i < root.i]
    whole = [c.right_edge.i + 1 for c in clauses.children(subject, "prep") if goes_on_with_the_name(subject, c)]
    short = clauses.short_phrase(subject)
    return subject.doc[short.start : max(short.end, together[-1], *whole)]


def _is_nothing_alone(noun: Token) -> bool:
    """ "the heads of the forces", "efforts to reach a truce": a noun that says little without what it is of or for."""
    told = (*clauses.prepositional(noun, *words.OF), *filter(clauses.has_to, clauses.children(noun, "acl")))
    return bool(told) and noun.pos_ != "PROPN" and not clauses.children(noun, "compound", "amod", "poss")


# What a name leaves out in its middle


def _left_out(reading: Reading, phrase: Span, tests: Iterable[omissions.Test]) -> frozenset[int]:
    """The places of the words that a name does without."""
    tokens = phrase if stand_ins.of_both(reading, phrase[0]) else phrase[1:]
    return frozenset(t.i for token in tokens if any_of(tests, reading, token) for t in _all_of(token, phrase))


def _all_of(token: Token, phrase: Span) -> list[Token]:
    """A word with what hangs on it within a phrase, and with the marks around what is said beside."""
    own = [t for t in token.subtree if t in phrase]
    around = (t for t in phrase if t.i in (own[0].i - 1, own[-1].i + 1))
    return [*own, *(t for t in around if t.is_punct and token.dep_ in _APART)]
