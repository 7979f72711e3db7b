"""Organizations, groups and places by the tagger, and the acronyms by which a text calls them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from spacy.tokens import Span, Token
from spacy.util import filter_spans

from kgraph.extract import clauses
from kgraph.extract.names import Party
from kgraph.extract.people import BODY_LABELS
from kgraph.extract.register import TITLES, Register
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType

_KINDS = {"ORG": EntityType.Organization, "NORP": EntityType.Group}
_ACRONYM = re.compile(r"[A-Z][A-Za-z/-]{1,8}")
# The tokens before a bracket among which the words stand whose initials an acronym has.
_SPELLED_WITHIN = 12
_CAPITALS_OF_A_NAME = 2


def name_bodies(register: Register) -> None:
    """Organizations, groups and places by the tagger; what is no party by its last word is left out."""
    bearers = register.bearers()
    bodies = (_body(register, entity) for entity in register.doc.ents if entity.label_ in BODY_LABELS)
    for span in filter_spans(filter(partial(_can_be_body, register), bodies)):
        register.name(span, bearers.get(span.text) or register.party(span.text, _kind(register, span)))


def _kind(register: Register, span: Span) -> EntityType:
    kind = _KINDS.get(span.label_, EntityType.Place)
    is_place = kind == EntityType.Organization and register.is_word(span[-1], "geographic-noun")
    return EntityType.Place if is_place else kind


def _body(register: Register, entity: Span) -> Span:
    """A body's name without article and marks; "the Roe Administration" is described by whose it is."""
    inner = clauses.peeled(clauses.peeled(entity, _is_before_body), _is_after_body, -1)
    inner = clauses.peeled(inner, lambda last: register.is_word(last, "collective-noun"), -1)
    return Span(register.doc, inner.start, inner.end, label=entity.label_)


def _is_before_body(token: Token) -> bool:
    return token.lower_ in words.BEFORE_A_BODY


def _is_after_body(token: Token) -> bool:
    return token.is_space or token.text in words.AFTER_A_BODY


def _can_be_body(register: Register, span: Span) -> bool:
    only_kind = len(span) == 1 and register.is_word(span[0], "state-institution")
    no_name = only_kind or _is_clock_time(span) or all(register.is_word(token, *TITLES) for token in span)
    return not no_name and not register.is_matter(span[-1]) and register.is_free_name(span)


def _is_clock_time(span: Span) -> bool:
    """ "18.40 GMT": an acronym after a number is a unit or a time zone."""
    return len(span) == 1 and span.text.isupper() and span.start > 0 and span[0].nbor(-1).like_num


def name_acronyms(register: Register) -> None:
    """ "Front for Something (FFS)": the acronym is another name of the party before it."""
    for token in filter(_is_acronym, register.doc[1:-1]):
        party = _spelled_out(register, token)
        if party is not None:
            _rename(register, token.text, party)


def _is_acronym(token: Token) -> bool:
    enclosed = token.nbor(-1).text == "(" and token.nbor(1).text == ")"
    return enclosed and _ACRONYM.fullmatch(token.text) is not None


def _spelled_out(register: Register, acronym: Token) -> Party | None:
    """The party that the words before a bracket name."""
    end = acronym.i - 1
    named = next((n.party for n in register.namings if n.end == end), None)
    if named is not None:
        capitals = sum(word[0].isupper() for word in named.name.split())
        return named if capitals >= _CAPITALS_OF_A_NAME else None
    span = register.doc[_start_of_initials(acronym) : end]
    if not len(span) or not register.is_free(span) or register.is_matter(span[-1]):
        return None
    party = register.by_wording[span.text] = Party(span.text, EntityType.Organization)
    register.name(span, party)
    return party


def _start_of_initials(acronym: Token) -> int:
    """Where the capitalised words before a bracket begin whose initials make up the acronym in it; the bracket itself
    where there are none."""
    bracket = acronym.i - 1
    wanted = [c.lower() for c in acronym.text if c.isupper()]
    for token in reversed(acronym.doc[max(0, bracket - _SPELLED_WITHIN + 1) : bracket]):
        initial = token.text[0]
        if initial.isupper() and initial.lower() == wanted[-1]:
            wanted.pop()
        elif initial.lower() not in wanted and not _can_stand_between(token):
            return bracket
        if not wanted:
            return token.i
    return bracket


def _can_stand_between(token: Token) -> bool:
    """Whether a word of a name can lack in its acronym: "of", "and", a hyphen."""
    small = token.is_stop or token.text in words.INSIDE_A_NAME
    return small and not token.text[0].isupper()


def _rename(register: Register, acronym: str, party: Party) -> None:
    """From its spelling out on, an acronym names the party, unless the actors file knows it as another's."""
    register.by_wording.setdefault(acronym, party)
    for index, naming in enumerate(register.namings):
        same = register.doc[naming.start : naming.end].text == acronym
        if same and naming.party.known is None:
            register.namings[index] = replace(naming, party=party, manner="name")
