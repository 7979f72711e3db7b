"""Parties that the text names together, and the phrases that stand for them: "the two leaders", "both sides"."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import distinct, one
from kgraph.vocabulary import EntityType, Relation


def members(reading: Reading, token: Token) -> list[Actor]:
    """ "the two leaders", "both sides", "they": the last parties that the text named together."""
    persons = token.lower_ in ("leaders", "presidents", "ministers", "men", "premiers")
    states = token.lower_ in (
        "countries",
        "nations",
        "governments",
        "states",
        "capitals",
        "neighbors",
        "neighbours",
        "powers",
    )
    span = reading.doc[token.i : token.i + 1]
    if token.pos_ == "NOUN":
        span = clauses.reach(token, ("relcl", "acl", "punct", "cc", "appos", "advcl", "prep"))
    for group in reversed(groups_before(reading, token)):
        kinds = {actor.party.kind for actor in group}
        if persons and kinds != {EntityType.Person} or states and not kinds <= {EntityType.State, EntityType.Place}:
            continue
        return [Actor(a.party, span, a.antecedent or a.span, 0.75) for a in group]
    return []


def groups_before(reading: Reading, token: Token) -> list[list[Actor]]:
    """Parties joined by "and", "between … and …" or "A … with B" before a token, nearest last."""
    groups = []
    for head in reading.doc[max(0, token.i - 260) : token.i]:
        if head.pos_ not in ("NOUN", "PROPN") or head.dep_ in ("conj", "compound", "amod"):
            continue
        joined = [a for part in clauses.conjuncts(head) if part.i < token.i for a in one(reading, part, 3)]
        if len(joined) < 2 and head.dep_ in ("nsubj", "nsubjpass") and head.head.pos_ == "VERB":
            joined += [
                a for a in _partners(reading, head.head, token) if joined and a.party.kind == joined[0].party.kind
            ]
        joined = distinct(joined)
        if len(joined) > 1:
            groups.append(joined)
    return groups


def _partners(reading: Reading, verb: Token, before: Token) -> list[Actor]:
    """Whom the subject of a verb of meeting meets."""
    if not any(
        frame.relation == Relation.meets for frame in reading.knowledge.frames.get((verb.lemma_.lower(), "verb"), ())
    ):
        return []
    heads = [h for holder in (verb, *clauses.children(verb, "dobj")) for h in clauses.prepositional(holder, "with")]
    heads += clauses.prepositional(verb, "to") + clauses.children(verb, "dobj")
    return [a for h in heads if h.i < before.i for a in one(reading, h, 3)]
