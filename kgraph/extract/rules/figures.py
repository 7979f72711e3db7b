"""Figures with somebody who vouches for them: value, bound, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph.extract import attribution, clauses, scope
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules.moves import assemble
from kgraph.model.statement import Mention, ReadStatement
from kgraph.vocabulary import EntityType, Modality, Relation, Voice

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def figures(reading: Reading, sentence: Span) -> Iterator[ReadStatement]:
    """The figures of a sentence that a party claims, counts or records."""
    for token in sentence:
        value = _value(token)
        counted = _counted(reading, token)
        if value is None or value < 10 or counted is None:
            continue
        claimant, chain = _claimant(reading, token)
        if claimant is None:
            continue
        trigger = _verb(counted)
        if trigger.tag_ == "VB" and any(c.tag_ == "TO" for c in trigger.children):
            continue  # what is still to be done is not counted yet
        extent = _extent(reading, trigger, claimant, token, counted)
        span = _figure_span(reading, token)
        figure = Mention(
            span=reading.span(span),
            text=reading.words(span),
            name=f"{reading.words(span)} {counted.lower_}",
            type=EntityType.Figure,
            key=f"{value:g} {_what(reading, token, counted).lower()}",
        )
        statement = assemble(
            reading,
            Relation.claims,
            trigger,
            claimant,
            None,
            scope.polarity(reading, trigger),
            modality=Modality.actual,
            named=figure,
        )
        outer = [a for a in chain if a.party != claimant.party]
        yield replace(
            statement,
            value=value,
            bound=_bound(reading, token),
            what=_what(reading, token, counted),
            span=reading.span(extent),
            quote=reading.words(extent),
            speakers=tuple(reading.mention(a) for a in outer),
            voice=Voice.other if outer else Voice.self,
            trigger=reading.span(reading.doc[token.i : token.i + 1]),
        )


def _value(token: Token) -> float | None:
    if token.pos_ != "NUM" or token.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY"):
        return None
    if not _NUMERAL.fullmatch(token.text) and token.lower_ not in _WORDS and token.lower_ not in _SCALES:
        return None
    if token.lower_ in _SCALES and token.i and token.nbor(-1).pos_ == "NUM":
        return None
    if _NUMERAL.fullmatch(token.text):
        value = float(token.text.replace(",", ""))
    else:
        value = float(_WORDS.get(token.lower_, 0) or _SCALES.get(token.lower_, 0))
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return value * _SCALES[following] if following in _SCALES else value


def _counted(reading: Reading, token: Token) -> Token | None:
    noun = token.head
    while noun.pos_ == "NUM" and noun.head != noun:
        noun = noun.head
    if (
        noun.pos_ not in ("NOUN", "PROPN")
        or token.dep_ not in ("nummod", "compound", "quantmod", "amod", "dep")
        and noun == token.head
    ):
        return None
    return noun if reading.is_word("counted-noun", noun) else None


def _verb(noun: Token) -> Token:
    return clauses.governing_clause(noun)


def _claimant(reading: Reading, token: Token) -> tuple[Actor | None, list[Actor]]:
    """Who vouches for a figure: the source of its clause, or the subject of a verb of counting above it."""
    chain = attribution.sources(reading, token)
    if chain:
        return chain[-1], chain
    node = token
    while node.head != node:
        node = node.head
        lemma = node.lemma_.lower()
        if node.pos_ == "VERB" and any(
            f.reading == "figure" for f in reading.knowledge.frames.get((lemma, "verb"), ())
        ):
            heads = clauses.agents(node) if clauses.is_passive(node) else clauses.subjects(node)
            for head in heads:
                found = who(reading, head)
                if found:
                    return found[0], []
        if node.dep_ in ("relcl",):
            break
    return None, []


def _figure_span(reading: Reading, token: Token) -> Span:
    end = token.i + 1
    while end < len(reading.doc) and reading.doc[end].lower_ in _SCALES:
        end += 1
    return reading.doc[token.i : end]


def _bound(reading: Reading, token: Token) -> str | None:
    cue = _cue(reading, token)
    return reading.knowledge.bounds[cue] if cue else None


def _cue(reading: Reading, token: Token) -> str | None:
    """The words before a number that say how exact it is."""
    before = reading.doc[max(token.sent.start, token.i - 4) : token.i].text.lower()
    cues = sorted(reading.knowledge.bounds, key=len, reverse=True)
    return next((cue for cue in cues if re.search(rf"\b{re.escape(cue)}$", before)), None)


def _what(reading: Reading, token: Token, counted: Token) -> str:
    """What is counted: the noun with its modifiers, without the number."""
    phrase = clauses.reach(counted, ("punct", "cc", "appos"))
    if counted.dep_ == "pobj" and counted.head.lower_ == "of" and counted.head.head.pos_ == "NOUN":
        phrase = reading.doc[clauses.reach(counted.head.head, ("punct", "cc")).start : phrase.end]
    elif counted.dep_ == "nsubj" and counted.head.pos_ in ("VERB", "AUX"):
        predicate = clauses.reach(counted.head, ("advcl", "punct", "cc", "ccomp", "parataxis"))
        phrase = reading.doc[phrase.start : max(phrase.end, predicate.end)]
    cue = len((_cue(reading, token) or "").split())
    words = [
        reading.words(phrase.doc[t.i : t.i + 1])
        for t in phrase
        if t.i != token.i
        and not token.i - cue <= t.i < token.i
        and t.text not in ('"',)
        and not (t.pos_ == "DET" and t.i < token.i)
    ]
    return " ".join(words).replace(" - ", "-").replace(" ,", ",").strip() or counted.text


def _extent(reading: Reading, trigger: Token, claimant: Actor, token: Token, counted: Token) -> Span:
    phrase = clauses.full_phrase(counted)
    verb = clauses.clause_span(trigger)
    start, end = min(verb.start, phrase.start), max(verb.end, phrase.end)
    sentence = token.sent
    if sentence.start <= claimant.span.start < start and start - claimant.span.end < 12:
        start = claimant.span.start
    return clauses.trim(reading.doc[max(start, sentence.start) : min(end, sentence.end)])
