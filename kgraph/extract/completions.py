"""What belongs to the name of a matter and stands apart from its words, or was left out by the reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import attrgetter

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters, stand_ins
from kgraph.extract.matters import DOCUMENTS, is_proviso, name_of
from kgraph.extract.omissions import TIMES, is_explained, is_time
from kgraph.extract.phrase_ends import root_of
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of, first_of
from kgraph.model.statement import Mention, ReadStatement
from kgraph.vocabulary import EntityType

# So few words of a thing say little.
SAYS_LITTLE = 2
# "on Sunday", "in May in Quito": what can stand between a noun and what it is directed to.
_BETWEEN = {**dict.fromkeys(words.ON, TIMES), **dict.fromkeys(words.PLACE_IN, (*TIMES, "GPE"))}
# "the ban, imposed in May, on whaling", "an end, long awaited, to the strike"
_BEGINS_AN_ASIDE = ("VBN", "RB")
# "a deal in Quito to share the port", "talks on Monday to end the row"
_WITH_AN_AIM = (*DOCUMENTS, EntityType.Meeting)
# "demands the army leave", "calls he resign"; not "the plan which …"
_BEGINS_A_DEMAND = ("PRP", "PRP$", "DT", "NN", "NNS", "NNP", "NNPS")


@dataclass(frozen=True)
class Wording:
    """Words of the text, and the names to be put before and behind them."""

    words: Span
    lead: str = ""
    behind: str = ""


def completed(reading: Reading, statement: ReadStatement, mention: Mention, phrase: Span) -> Wording | None:
    """A phrase with the first thing that belongs to it and that is not what the statement itself is read from."""
    found = first_of(_COMPLETIONS, reading, mention, phrase) if mention.antecedent is None else None
    if found is None or reading.token_at(statement.trigger.start) in found.subtree:
        return None
    return _joined(reading, _named_part(mention, phrase), phrase.doc[found.left_edge.i : found.right_edge.i + 1])


def _joined(reading: Reading, phrase: Span, rest: Span) -> Wording:
    """A phrase with what belongs to it, without what stands between."""
    if rest.start == phrase.end:
        return Wording(phrase.doc[phrase.start : rest.end])
    owner = stand_ins.of_first(reading, phrase) or ""
    return Wording(rest, f"{owner} {name_of(reading, phrase)}".strip())


def _named_part(mention: Mention, phrase: Span) -> Span:
    """A phrase up to the noun that its name ends with: "the release | last Tuesday of the pilots"."""
    root = root_of(phrase)
    is_end = clauses.is_nominal(root) and mention.name.endswith(root.text)
    return phrase.doc[phrase.start : root.i + 1] if is_end else phrase


def _says_little(mention: Mention) -> bool:
    return len(mention.name.split()) <= SAYS_LITTLE


# What a noun is directed to


def _what_follows(reading: Reading, mention: Mention, phrase: Span) -> Token | None:
    """ "sanctions on Peru", "accession to the pact": what a bare noun is directed to, where the parser hangs it on the
    verb or the reader left it out; without the day and the place between ("an accord on Sunday on the port")."""
    part = _named_part(mention, phrase)
    noun, preposition = part[-1], _past_day_and_place(part)
    directed = noun.pos_ == "NOUN" and _says_little(mention) and _directs(noun, preposition)
    return preposition if directed and not any_of((is_time, is_proviso), reading, preposition) else None


def _past_day_and_place(phrase: Span) -> Token:
    """The word behind a phrase, or behind the aside, the day and the place that follow it; its last word where nothing
    does."""
    behind = phrase.doc[_past_aside(phrase) : phrase[-1].sent.end]
    return next((token for token in behind if not _is_of_day_or_place(token)), phrase[-1])


def _past_aside(phrase: Span) -> int:
    """Where a phrase goes on behind what two marks set apart: "the ban, imposed in May, | on whaling"."""
    behind = phrase.doc[phrase.end : phrase[-1].sent.end]
    first_tags = [*map(attrgetter("tag_"), behind[:2])]
    is_aside = first_tags[:1] == [","] and first_tags[-1] in _BEGINS_AN_ASIDE
    return clauses.with_form(behind, (",",))[:2][-1].i + 1 if is_aside else phrase.end


def _is_of_day_or_place(token: Token) -> bool:
    """ "early this month", "on Sunday in Quito"."""
    leading = token if token.dep_ == "prep" else token.head
    named = {child.ent_type_ for child in clauses.children(leading, "pobj")}
    return token.ent_type_ in TIMES or not named.isdisjoint(_BETWEEN.get(leading.lower_, ()))


def _directs(noun: Token, preposition: Token) -> bool:
    """Whether a preposition leads from a noun to what it is directed to: one of its own, or a few of those above it."""
    own = preposition.head == noun and preposition.lower_ not in (*words.PLACE, *words.AS)
    directs = preposition.lower_ in (*words.OF, *words.DIRECTED) and not clauses.is_blaming(preposition.head)
    beside = preposition.head in (noun.head, noun.head.head) or preposition.head.ent_type_ in TIMES
    return preposition.dep_ == "prep" and (own or beside and directs)


def _which_one(reading: Reading, mention: Mention, phrase: Span) -> Token | None:
    """ "demanded a settlement | that returns the islands": the clause that tells which one, at a bare noun."""
    noun = _named_part(mention, phrase)[-1]
    is_bare = _says_little(mention) and clauses.has_child(noun, words.INDEFINITE_ARTICLE)
    told = clauses.children(noun, "relcl") if is_bare else []
    return next((clause for clause in told if clause.left_edge.i == phrase.end), None)


# What somebody is to do


def _aim(reading: Reading, mention: Mention, phrase: Span) -> Token | None:
    """ "signed a deal in Quito | to share the port": the parser hangs what was agreed on the verb."""
    part = _named_part(mention, phrase)
    noun, leading = part[-1], _past_day_and_place(part)
    aim = leading.head if leading.tag_ == "TO" else leading
    is_aim = any((aim != leading, aim.lemma_ in words.AIM))  # "aimed at a truce"
    beside = all((is_aim, aim.dep_ == "advcl", aim.head == noun.head))
    has_aim = mention.name.islower() and matters.kind_of(reading, noun) in _WITH_AN_AIM
    return aim if beside and has_aim else None


def _what_is_asked(reading: Reading, mention: Mention, phrase: Span) -> Token | None:
    """ "demands they leave", "a date for Chile to leave", "a plan, made in May, to leave": the clause that says
    what, without "that" or apart from its noun."""
    noun = _named_part(mention, phrase)[-1]
    told = clauses.children(noun, "acl", "relcl", "advcl") if noun.pos_ == "NOUN" else []
    return next((clause for clause in told if _says_what_is_asked(reading, noun, clause)), None)


def _says_what_is_asked(reading: Reading, noun: Token, clause: Token) -> bool:
    """Whether a clause at a noun says what is demanded, proposed or planned."""
    start = clause.left_edge
    if clauses.is_to_infinitive(clause):
        return clauses.has_child(clause, words.FOR, "mark") or start.nbor(-1).is_punct
    if clause.lemma_ in words.AIM:
        return True  # "proposals on Monday aimed at a truce"
    begins = start.tag_ in _BEGINS_A_DEMAND and clause.tag_ in ("VB", "VBP")
    return begins and matters.said_by_name(reading, noun) is not None


# What completes a verb


def _right_behind(reading: Reading, mention: Mention, phrase: Span) -> Token | None:
    """ "assume some | of the debt"."""
    root = root_of(phrase)
    completing = clauses.children(root, "dobj", "acomp", "xcomp") if clauses.is_verbal(root) else []
    bound = chain(*(clauses.children_with(token, words.OF, "prep") for token in phrase), completing)
    return next((c for c in bound if c.left_edge.i == phrase.end), None)


def _past_explanation(reading: Reading, mention: Mention, phrase: Span) -> Token | None:
    """ "recognise the island, which Peru held, | as a part of Chile"."""
    last = phrase[-1]
    stopped = last.dep_ != "dobj" and any(map(partial(is_explained, reading), (last, *last.ancestors)))
    governed = clauses.children_with(root_of(phrase), words.AFTER_A_VERB, "prep") if stopped else []
    return next((c for c in governed if c.i >= phrase.end), None)


_COMPLETIONS = (_what_follows, _aim, _what_is_asked, _which_one, _right_behind, _past_explanation)
