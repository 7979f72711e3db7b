"""A short name for a matter whose wording is long: cut where the parse lets a phrase end, never in its middle.

"the treaty with Peru about its access to the northern river" is "treaty with Peru", not "treaty with Peru about its
access": what a word cannot do without stays with it, or goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.matters import WITHOUT_QUOTES, name_of
from kgraph.extract.reading import Reading
from kgraph.extract.reference import who
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of
from kgraph.model.statement import ACTOR_TYPES, MAX_NAME_WORDS, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Relation

Test = Callable[[Reading, Token], bool]

_NO_MATTERS = (*ACTOR_TYPES, EntityType.Figure)
# What any word, what a noun and what a verb may lose.
_BESIDE = ("appos", "parataxis", "npadvmod", "advcl", "advmod")
_TELLING = ("prep", "relcl", "acl")
_OF_VERBS = (*_BESIDE, "prep", "agent")
# What completes a verb, so that a preposition behind it can go.
_COMPLEMENTS = ("dobj", "nsubjpass", "ccomp", "xcomp", "attr", "acomp", "prep", "agent")
# How sure it has to be whom a pronoun means, and how much may stand for it.
_SURE_WHO, _SURE_WHOSE, _FEW_PARTIES, _FEW_WORDS = 0.6, 0.7, 2, 4
_SAYS_ENOUGH = 4
_MORE, _POSSESSIVE = "…", "\u2019s"
_FUNCTION = ("ADP", "ADV", "SCONJ")
_TIMES = ("DATE", "TIME")
_WHICH = ("amod", "compound", "nummod", "nmod", "quantmod")


def shortened(reading: Reading, statement: ReadStatement) -> ReadStatement:
    """A statement whose matters have a short name where their own is long, begins with a pronoun for who is to act, or
    denies what comes about by a condition, and the parse gives one."""
    actor = statement.actor.name if statement.actor is not None else None
    return replace(
        statement,
        object=_with_short_name(reading, statement.object, actor, _awaited(reading, statement)),
        condition=_with_short_name(reading, statement.condition, actor),
        content=_with_short_name(reading, statement.content, actor),
    )


def _with_short_name(
    reading: Reading, mention: Mention | None, actor: str | None, awaited: bool = False
) -> Mention | None:
    if mention is None or mention.type in _NO_MATTERS or mention.short_name is not None:
        return mention
    phrase = _without_there(_words_of(reading, mention))
    affirmed = _affirmed(phrase) if awaited else None
    acting = _acting(reading, phrase) if affirmed is None else None
    deed = _without_subject(phrase, _root(phrase))
    if acting is not None and acting == actor and _SAYS_ENOUGH < len(deed) < len(phrase):
        acting, phrase = None, deed  # what somebody says of themselves
    if affirmed is None and acting is None and len(mention.name.split()) <= MAX_NAME_WORDS:
        return mention
    return replace(mention, short_name=short_name(reading, affirmed or phrase, acting))


def _words_of(reading: Reading, mention: Mention) -> Span:
    """The words that name a matter: its own, or those that they point back to."""
    place = mention.antecedent or mention.span
    return reading.doc[reading.token_at(place.start).i : reading.token_at(place.end - 1).i + 1]


def _awaited(reading: Reading, statement: ReadStatement) -> bool:
    """ "not … until", "no … unless": the condition brings about what is denied."""
    cue = reading.token_at(statement.trigger.start)
    return statement.relation == Relation.conditionsOn and cue.lower_ in words.UNLESS_OR_UNTIL


def _affirmed(phrase: Span) -> Span | None:
    """ "will not lift the ban" as "lift the ban", "no pledges" as "pledges"; None where nothing is denied."""
    root = _root(phrase)
    if clauses.is_negated(root):
        return phrase.doc[root.i : phrase.end]
    return phrase[1:] if phrase[0].lower_ in words.NO and len(phrase) > 1 else None


def _without_there(phrase: Span) -> Span:
    """ "there would be a truce" is a truce."""
    root = _root(phrase)
    starts = [c.left_edge.i for c in clauses.children(root, "attr") if clauses.children(root, "expl")]
    return phrase.doc[starts[0] : phrase.end] if starts and phrase.start <= starts[0] < phrase.end else phrase


def _acting(reading: Reading, phrase: Span) -> str | None:
    """Whom the pronoun at the beginning stands for: "they would return" is "Peru would return", "its offer" Peru's."""
    first, verb = phrase[0], phrase[0].head
    if first.pos_ != "PRON" or verb not in phrase:
        return None
    if first.dep_ == "poss":
        return _owner(reading, first)
    if first.dep_ not in clauses.NAMED_SUBJECTS:
        return None
    if not _agrees_with_name(first, verb):
        return None
    name = _name_of_party(reading, first)
    if name is not None and verb.tag_ == "VB" and not clauses.children(verb, "aux", "auxpass"):
        return f"{name} to"  # "let us leave"
    return name


def _owner(reading: Reading, pronoun: Token) -> str | None:
    """ "Peru's", for "its"; whose "their" is tells the nearest group too seldom."""
    found = who(reading, pronoun)
    if len(found) != 1 or pronoun.lower_ in words.THEY or found[0].certainty < _SURE_WHOSE:
        return None
    name = found[0].party.name
    is_name = name[0].isupper() and len(name.split()) <= _FEW_WORDS
    return name + (_POSSESSIVE[:1] if name.endswith("s") else _POSSESSIVE) if is_name else None


def short_name(reading: Reading, phrase: Span, acting: str | None = None) -> str:
    """The name of the longest part of a phrase that can stand alone; where every cut takes away what is needed, the
    first words with a sign that more follows.

    ``acting`` is the name of who is meant by the pronoun that the phrase begins with.
    """
    root = _root(phrase)
    subject, predicate = _short_subject(phrase, root)
    whole = ("", phrase) if acting is None else (acting, phrase[1:])
    named = whole if subject is None or acting is not None else (name_of(reading, subject), predicate)
    deed = ("", _without_subject(phrase, root))
    attempts = ((whole, True), (named, True), (deed, True), (whole, False), (named, False), (deed, False))
    left_out = [_left_out(reading, phrase, tests) for tests in _LEFT_OUT]
    for (lead, words_of), strict in attempts:
        fitting = [name for cut in _cuts(words_of, root, strict) for name in _names(reading, lead, cut, left_out)]
        if fitting:
            return max(fitting).words
    has_name = named[1][0].pos_ != "PRON" or bool(named[0])
    return _broken_off(reading, *(named if has_name else deed), left_out[-1])


def _broken_off(reading: Reading, lead: str, words_of: Span, without: Collection[int]) -> str:
    """The first words of a phrase that cannot end anywhere early, with a sign that more follows."""
    kept = f"{lead} {_worded(reading, words_of, without, bool(lead))}".split()
    return " ".join(kept[:MAX_NAME_WORDS]) + (_MORE if len(kept) > MAX_NAME_WORDS else "")


@dataclass(frozen=True, order=True)
class _Name:
    """A name that is short enough, ordered by how many words of the phrase it covers, by how high in the phrase it
    ends, and by how little is left out in its middle."""

    covers: int
    height: int
    fullness: int
    words: str


def _names(reading: Reading, lead: str, cut: _Cut, left_out: Iterable[Collection[int]]) -> Iterator[_Name]:
    for weight, without in enumerate(left_out):
        rest = _worded(reading, cut.left, without, bool(lead))
        if lead and lead in rest:
            return  # "he will meet him": two people
        words_of = f"{lead} {rest}".strip()
        if 1 < len(words_of.split()) <= MAX_NAME_WORDS:
            yield _Name(len(cut.left), -cut.depth, -weight, words_of)


def _left_out(reading: Reading, phrase: Span, tests: Iterable[Test]) -> frozenset[int]:
    """The places of the words that a name does without, by what hangs between its head and its end."""
    return frozenset(t.i for token in phrase[1:] if any_of(tests, reading, token) for t in _all_of(token, phrase))


def _worded(reading: Reading, phrase: Span, without: Collection[int], goes_on: bool) -> str:
    """The words of a phrase without those that are left out, and with names for "him" and "them"."""
    pieces: list[str] = []
    for piece, run in groupby(phrase, key=lambda token: _named(reading, token) or token.i not in without):
        tokens = list(run)
        words_of = phrase.doc[tokens[0].i : tokens[-1].i + 1]
        if piece is True:
            pieces.append(reading.label(words_of) if goes_on or pieces else name_of(reading, words_of))
        elif piece:
            pieces.append(piece)
    return " ".join(" ".join(pieces).translate(WITHOUT_QUOTES).split())


def _named(reading: Reading, token: Token) -> str | None:
    """The name of whom "him" or "them" is."""
    if token.lower_ not in words.THIRD_OBJECT or token.dep_ not in ("dobj", "pobj", "dative"):
        return None
    return _name_of_party(reading, token)


def _agrees_with_name(pronoun: Token, verb: Token) -> bool:
    """Whether a clause can have a name for its pronoun: not "I have", "we are" and "they'll", nor a passive with "it",
    which is a thing."""
    finite = next((t for t in (*clauses.children(verb, "aux", "auxpass"), verb) if t.i > pronoun.i), verb)
    joined = not pronoun.whitespace_
    return not joined and finite.tag_ != "VBP" and not (pronoun.lower_ in words.IT and clauses.is_passive(verb))


def _name_of_party(reading: Reading, pronoun: Token) -> str | None:
    """The names of the few parties that a pronoun surely stands for."""
    found = who(reading, pronoun)
    names = [actor.party.name for actor in found if actor.certainty >= _SURE_WHO]
    told = 0 < len(names) == len(found) <= _FEW_PARTIES and all(len(name.split()) <= _FEW_WORDS for name in names)
    return " and ".join(names) if told else None


def _all_of(token: Token, phrase: Span) -> list[Token]:
    """A word with what hangs on it within a phrase, and with the marks around it."""
    own = [t for t in token.subtree if phrase.start <= t.i < phrase.end]
    around = (t for t in phrase if t.i in (own[0].i - 1, own[-1].i + 1))
    return [*own, *(t for t in around if t.is_punct and token.dep_ != "prep")]


def _is_article(reading: Reading, token: Token) -> bool:
    return token.dep_ == "det" and token.lower_ in words.ARTICLE


def _is_explained(reading: Reading, token: Token) -> bool:
    """ "Peru, the host of the talks, …", "two years ago": what is said beside."""
    apart = token.dep_ == "relcl" and token.left_edge.i > 0 and token.left_edge.nbor(-1).is_punct
    return apart or token.dep_ in ("appos", "parataxis") or token.dep_ == "npadvmod" and token.ent_type_ in _TIMES


def _is_time(reading: Reading, token: Token) -> bool:
    """ "on Monday", "in May"."""
    return token.dep_ == "prep" and any(t.ent_type_ in _TIMES for t in clauses.children(token, "pobj"))


def _is_pronoun(reading: Reading, token: Token) -> bool:
    """ "its", "their"."""
    return token.dep_ == "poss" and token.pos_ == "PRON"


def _is_vague(reading: Reading, token: Token) -> bool:
    """ "new", "latest"; "quickly"."""
    manner = token.dep_ == "advmod" and token.lower_.endswith(words.MANNER) and clauses.is_verbal(token.head)
    return manner or token.dep_ == "amod" and reading.is_form("vague-modifier", token)


_ASIDES: tuple[Test, ...] = (_is_explained, _is_time)
# What a name leaves out in its middle: asides, then articles where it is still too long, then what says little.
_LEFT_OUT = (_ASIDES, (*_ASIDES, _is_article), (*_ASIDES, _is_article, _is_pronoun, _is_vague))


def _short_subject(phrase: Span, root: Token) -> tuple[Span | None, Span]:
    """ "the sanctions of the council on Peru | must be lifted": the subject of a clause without what hangs on it, and
    the rest of the clause; no subject and the whole phrase where it has none of its own."""
    subjects = [c for c in clauses.children(root, *clauses.NAMED_SUBJECTS) if phrase.start <= c.i < root.i]
    subjects = subjects or [top for top in _tops(phrase) if clauses.is_nominal(top) and top.i < root.i]
    if not subjects or subjects[0].pos_ == "PRON":
        return None, phrase
    behind = [c.i for c in clauses.children(root, "aux", "auxpass", "neg") if subjects[0].i < c.i < root.i]
    lead = clauses.short_phrase(subjects[0])
    both = [c for c in clauses.conjuncts(subjects[0]) if c.i < root.i]  # "Peru and Chile"
    lead = phrase.doc[lead.start : max(lead.end, both[-1].i + 1)]
    return lead, phrase.doc[min((*behind, root.i)) : phrase.end]


def _root(phrase: Span) -> Token:
    """The head of a phrase: what is to be done rather than who is to do it ("the sides to disband their militias")."""
    return next((token for token in _tops(phrase) if clauses.is_verbal(token)), phrase.root)


def _tops(phrase: Span) -> list[Token]:
    """The words of a phrase that hang on none of it."""
    return [token for token in phrase if token.head == token or token.head not in phrase]


def _without_subject(phrase: Span, root: Token) -> Span:
    """What is to be done without who is to do it, where that alone says enough: "is" and "has" do not, nor does what is
    done to something."""
    if root.pos_ != "VERB" or root.lower_ in words.NOT_IN_A_NAME or clauses.is_passive(root):
        return phrase
    own = [child.i for child in clauses.children(root, "neg") if child.i >= phrase.start]
    return phrase.doc[min((*own, root.i)) : phrase.end]


@dataclass(frozen=True)
class _Cut:
    """What is left of a phrase, and how deep in it the words hang that lost something."""

    left: Span
    depth: int = 0


def _cuts(phrase: Span, root: Token, strict: bool) -> Iterator[_Cut]:
    """The places where a phrase can end, its own end first. A strict cut leaves no common noun in the singular without
    what tells which one is meant, and no verb without whom it is directed to."""
    yield _Cut(phrase)
    for end in range(root.i + 1, phrase.end):
        left = phrase.doc[phrase.start : end]
        if any(end <= token.head.i < phrase.end for token in left if token != root):
            continue
        behind = [token for token in phrase.doc[end : phrase.end] if token.head.i < end and not token.is_punct]
        lost = [(_holder(token, phrase, root), token) for token in behind]
        if lost and all(_can_lose(head, token, left, strict) for head, token in lost):
            yield _Cut(clauses.trim(left), max(_depth(head, root) for head, _ in lost))


def _holder(token: Token, phrase: Span, root: Token) -> Token:
    """The word of a phrase that another hangs on; the head of the phrase where it hangs on none of them."""
    return token.head if token.head.i >= phrase.start else root


def _depth(token: Token, root: Token) -> int:
    above = [token, *token.ancestors]
    return above.index(root) if root in above else len(above) - 1


def _can_lose(head: Token, lost: Token, left: Span, strict: bool) -> bool:
    """Whether a word can stand at the end of a name without one of its dependents."""
    if lost.dep_ in ("conj", "cc"):
        return not _is_one_of_two(head) and (not clauses.is_verbal(head) or _is_complete(head, left))
    if head.pos_ in _FUNCTION:
        return False
    if clauses.is_verbal(head):
        if lost.lower_ in words.LATER_OR_EARLIER_THAN:
            return True  # when it is done
        governed = words.AFTER_A_PASSIVE if clauses.is_passive(head) else words.AFTER_A_VERB
        directed = strict and lost.lower_ in governed
        return lost.dep_ in _OF_VERBS and (lost.dep_ != "prep" or not directed and _is_complete(head, left))
    bound = (*words.OF, *(words.ADDRESSEE if strict else ()))  # "approaches to", "an answer to"
    if clauses.is_nominal(head) and lost.dep_ in _TELLING and lost.lower_ not in bound:
        told = head.pos_ == "PROPN" or _says_which(head, left)
        return told or head != left.root and (not strict or head.tag_ == "NNS")
    return lost.dep_ in _BESIDE


def _is_one_of_two(token: Token) -> bool:
    """ "between Peru and Chile", "both troops and arms": who is named first is not enough."""
    return token.head.lower_ in words.BETWEEN or bool(clauses.children(token, "preconj"))


def _is_complete(verb: Token, left: Span) -> bool:
    """Whether a verb keeps something that it is done to or with: "rely on" and "return to" are not."""
    return any(child.i < left.end for child in clauses.children(verb, *_COMPLEMENTS))


def _says_which(noun: Token, left: Span) -> bool:
    """Whether a noun keeps words that tell which one is meant; "its" tells it to nobody who sees the name alone."""
    kept = [child for child in noun.children if child.i < left.end]
    owned = any(child.dep_ == "poss" and child.pos_ != "PRON" for child in kept)
    return owned or any(child.dep_ in (*_WHICH, "prep") for child in kept)
