"""What a name can leave out in its middle: asides, times, articles, what says little."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kgraph.extract import clauses, matters, stand_ins
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words

Test = Callable[[Reading, Token], bool]

TIMES = ("DATE", "TIME")
# "two days | ago", "on | Monday": by what the word that names a time hangs on the one that leads to it.
_NAMES_TIME = {"advmod": ("npadvmod",), "prep": ("pobj",)}


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
    beside = token.dep_ in ("appos", "parataxis") and not of_several
    return apart or beside and not _is_titled(token)


def _is_titled(name: Token) -> bool:
    """ "President Jane Roe": a name right behind an office, which the parser takes for an apposition."""
    return name.pos_ == "PROPN" and name.left_edge.i == name.head.i + 1


def is_time(reading: Reading, token: Token) -> bool:
    """When it is to be.

    Example: Peru must leave *on* Monday. → True
    """
    named = clauses.children(token, *_NAMES_TIME.get(token.dep_, ()))
    return any(t.ent_type_ in TIMES for t in ([token] if token.dep_ == "npadvmod" else named))


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
    noun = token.head
    is_whose = token.dep_ == "prep" and token.lower_ in words.OF_PARTIES and clauses.is_nominal(noun)
    told = (*filter(clauses.has_to, clauses.children(noun, "acl")), *clauses.children_with(noun, words.TOPIC))
    return is_whose and any(word.i > token.i for word in told)


def is_detail(reading: Reading, token: Token) -> bool:
    """Where those are who are to do something.

    Example: Peru backed a plan by Chile to let farmers *in* the hills return. → True
    """
    return token.dep_ == "prep" and token.lower_ in words.PLACE_IN and token.head.pos_ == "NOUN"


# Asides first, then articles where it is still too long, then what says little, then what may tell something.
LEFT_OUT: tuple[Test, ...] = (
    *(is_explained, is_time, is_medium),
    is_article,
    *(is_pronoun, is_manner, is_title),
    is_party,
    *(is_vague, is_shared),
)
STEPS = (LEFT_OUT[:3], LEFT_OUT[:4], LEFT_OUT[:7], LEFT_OUT[:8], LEFT_OUT)
# From which of these steps on articles are left out, and how many leave out nothing that tells something.
BRIEF = 1
KEEPING = 4
