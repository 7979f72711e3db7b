"""Who says so: the speakers of quotations, reporting verbs, "according to", and chains of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.names import Naming, Party
from kgraph.extract.quotations import author, find_quotations, spoken_for, turn_speaker
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.extract.reference import affiliation, who
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType

__all__ = ["author", "find_quotations", "quotation_speaker", "sources", "spoken_for"]

_BACKGROUND = frozenset(("acl", "relcl", "pobj", "nsubj", "nsubjpass", "dobj", "poss", "amod", "compound", "appos"))
# Dependencies by which a reported clause hangs below the clause that reports it.
_UPWARD = frozenset(
    (
        *("ccomp", "xcomp", "conj", "advcl", "relcl", "acl", "pcomp", "parataxis", "dep", "mark"),
        *("prep", "pobj", "dobj", "dative", "agent", "oprd", "nsubj", "nsubjpass", "csubj"),
        *("attr", "acomp", "appos", "poss", "amod", "compound", "nmod", "npadvmod", "advmod"),
    )
)
_ASIDE = ("parataxis", "advcl", "ccomp", "dep")
_CUT = ("relcl", "acl", "punct", "cc", "appos", "advcl")
MAX_SPEAKERS = 6
# How far a reporting verb may stand from its quotation, and how long quoted words must be to be an utterance.
_NEAR = 25
_UTTERANCE = 9


def quotation_speaker(reading: Reading, quotation: Quotation) -> list[Actor]:
    """Who utters a quotation, by the first rule that finds somebody; empty where the text does not tell."""
    for rule in SPEAKER_RULES:
        found = rule(reading, quotation)
        if found is not None:
            return found
    return []


def _block_announced(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A block quotation belongs to the last verb of saying in the paragraph before it."""
    if not quotation.block:
        return None
    start, _ = _paragraph(reading, quotation)
    before = max((s for s, _ in reading.paragraphs if s < start), default=0)
    verbs = [t for t in reading.reporting_verbs if before <= t.i < start]
    return _subject_actors(reading, verbs[-1]) if verbs else []


def _said_beside(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """ "…," Roe said; Roe said: "…": the nearest verb of saying in the sentence or beside it."""
    for verb in _verbs_by_nearness(reading, quotation):
        near = _distance(verb, quotation) <= _NEAR
        beside = verb.sent.start <= quotation.end + 1 and verb.sent.end >= quotation.start - 1
        if near and beside and (found := _subject_actors(reading, verb)):
            return found
    return None


def _said_before(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A quotation inside a paragraph belongs to a verb of saying before it there."""
    if quotation.start - _paragraph(reading, quotation)[0] <= 3:
        return None
    for verb in _verbs_by_nearness(reading, quotation):
        if verb.i < quotation.start and (found := _subject_actors(reading, verb)):
            return found
    return None


def _goes_on(reading: Reading, quotation: Quotation) -> list[Actor] | None:
    """A quotation that opens its paragraph, or follows another there, goes on with who spoke last."""
    earlier = [q for q in reading.quotations if q.end <= quotation.start and not q.block]
    start, _ = _paragraph(reading, quotation)
    if earlier and (quotation.start - start <= 1 or earlier[-1].start >= start):
        return reading.speakers(earlier[-1])
    return None


SPEAKER_RULES: tuple[Callable[[Reading, Quotation], list[Actor] | None], ...] = (
    _block_announced,
    _said_beside,
    _said_before,
    _goes_on,
)


def _paragraph(reading: Reading, quotation: Quotation) -> tuple[int, int]:
    return next(((s, e) for s, e in reading.paragraphs if s <= quotation.start < e), (0, len(reading.doc)))


def _distance(verb: Token, quotation: Quotation) -> int:
    return min(abs(verb.i - quotation.start), abs(verb.i - quotation.end))


def _verbs_by_nearness(reading: Reading, quotation: Quotation) -> list[Token]:
    """The paragraph's verbs of saying outside quotations, those of the quotation's sentence first, then by distance."""
    start, end = _paragraph(reading, quotation)
    sentence = reading.doc[quotation.start].sent
    verbs = [t for t in reading.reporting_verbs if start <= t.i < end and reading.quotation_at(t) is None]
    return sorted(verbs, key=lambda t: (t.sent != sentence, _distance(t, quotation)))


def _reports(reading: Reading, token: Token) -> bool:
    return token.pos_ == "VERB" and reading.is_lemma("reporting-verb", token)


def _subject_actors(reading: Reading, verb: Token) -> list[Actor]:
    """Who says what a verb of saying reports."""
    heads = clauses.agents(verb) if clauses.is_passive(verb) else clauses.subjects(verb)
    return [actor for head in heads for actor in who(reading, head)][:MAX_SPEAKERS]


def sources(reading: Reading, token: Token, actor: Actor | None = None) -> list[Actor]:
    """Who the text attributes a clause to, outermost first; empty where the text speaks itself.

    What stands in a relative clause or a noun inside the reported words is background that the text itself gives.
    Where several parties speak together ("the two announced"), the actor of the move speaks for itself.
    """
    of_headline = _headline_source(reading, token)
    if of_headline:
        return of_headline
    chain: list[Actor] = []
    for found in (_says_of_another(reading, token, actor), *_sources_inside_out(reading, token)):
        source = _one_of(found, actor)
        if source is not None and all(source.party != other.party for other in chain):
            chain.append(source)
    return chain[::-1]


def _says_of_another(reading: Reading, verb: Token, actor: Actor | None) -> list[Actor]:
    """ "Jane Roe reaffirmed Peru's commitment": the subject says it, another makes the move."""
    if actor is None or not reading.is_lemma("announcing-verb", verb):
        return []
    subjects = _subject_actors(reading, verb)
    return subjects if all(subject.party != actor.party for subject in subjects) else []


def _one_of(found: list[Actor], actor: Actor | None) -> Actor | None:
    """Of several who speak together the actor of the move itself, else the first."""
    own = [source for source in found if actor is not None and source.party == actor.party]
    return next(iter(own or found), None)


def _sources_inside_out(reading: Reading, token: Token) -> Iterator[list[Actor]]:
    """The sources of a clause, nearest first: asides and governors, "according to", the speaker of the quotation and of
    the part of a conversation."""
    yield _said_aside(reading, token, token)
    node = token
    while node.head != node and node.dep_ in _UPWARD:
        yield _governing_source(reading, node, token)
        if _is_background(node, token):
            break
        node = node.head
        yield _said_aside(reading, node, token)
    yield _according_to(reading, token)
    quotation = reading.quotation_at(token)
    if quotation is not None and _is_utterance(quotation, token):
        yield reading.speakers(quotation)[:1]
    yield turn_speaker(reading, token)


def _is_background(node: Token, token: Token) -> bool:
    """Whether the text itself gives what stands below this node: a noun's complement, a relative clause."""
    if node.dep_ in _BACKGROUND and token.pos_ not in ("VERB", "AUX"):
        return True
    return node.dep_ in ("acl", "relcl", "appos") and node.tag_ != "VB"


def _governing_source(reading: Reading, node: Token, token: Token) -> list[Actor]:
    """Who says the clause of ``node`` by the word that governs it; ``token`` is where the walk up began."""
    upper = node.head
    if node.dep_ in ("ccomp", "parataxis", "dep") and _reports(reading, upper) and not _comma_splice(node, upper):
        return _subject_actors(reading, upper)
    if node.dep_ == "xcomp" and clauses.is_passive(upper) and _reports(reading, upper):
        return [a for h in clauses.agents(upper) for a in who(reading, h)][:1]
    if node.dep_ == "dobj" and node == token and reading.is_lemma("announcing-verb", upper):
        return _subject_actors(reading, upper)
    if upper.pos_ == "NOUN" and node.dep_ in ("acl", "ccomp") and reading.is_word("telling-noun", upper):
        return _teller(reading, upper)
    return []


def _comma_splice(clause: Token, upper: Token) -> bool:
    """Two main clauses with a comma between look like a report to the parser: the second has its own complement."""
    subject_before = any(c.i < upper.i for c in clauses.children(upper, "nsubj", "nsubjpass"))
    return clause.i < upper.i and subject_before and bool(clauses.children(upper, "xcomp"))


def _teller(reading: Reading, noun: Token) -> list[Actor]:
    """Whose report, claim or argument it is."""
    for heads in (
        clauses.children(noun, "poss"),
        clauses.prepositional(noun, *words.AGENT, *words.ORIGIN),
        clauses.children(noun, "compound", "nmod"),
    ):
        found = [a for head in heads for a in who(reading, head)]
        if found:
            return found
    return []


def _is_utterance(quotation: Quotation, token: Token) -> bool:
    """Whether a quotation is an utterance: long, a block, or with the clause's subject; not a few quoted words."""
    if quotation.block or quotation.end - quotation.start > _UTTERANCE:
        return True
    return any(quotation.start <= t.i < quotation.end for t in clauses.subjects(token))


def _said_aside(reading: Reading, clause: Token, token: Token) -> list[Actor]:
    """ "…, Roe said" and "as Roe said": the reporting clause hangs below the reported one."""
    for child in clauses.children(clause, *_ASIDE):
        if child.i > token.i and _reports(reading, child) and _is_aside(child):
            return _subject_actors(reading, child)
    return []


def _is_aside(verb: Token) -> bool:
    """Whether a verb of saying beside a clause reports it: no other marker than "as", nothing else that it reports."""
    markers = {c.lower_ for c in clauses.children(verb, "mark", "advmod")}
    complete = verb.dep_ != "parataxis" and bool(clauses.children(verb, "ccomp", "xcomp", "dobj"))
    return markers <= words.AS and not complete


def _according_to(reading: Reading, token: Token) -> list[Actor]:
    """ "according to the ministry": whom a phrase names that holds for the token."""
    for cue in token.sent:
        if not reading.is_form("source-cue", cue) or not _holds_for(cue.head, token):
            continue
        heads = clauses.prepositional(cue, *words.ADDRESSEE)
        found = (who(reading, heads[0]) or _outlet(reading, heads[0])) if heads else []
        if found:
            return found[:1]
    return []


def _holds_for(holder: Token, token: Token) -> bool:
    """Whether what is said beside ``holder`` holds for the token: it is the root, above or beside the token."""
    if holder.dep_ == "ROOT" or holder == token or holder in token.ancestors:
        return True
    return holder.dep_ != "relcl" and token.is_ancestor(holder)


def _outlet(reading: Reading, head: Token) -> list[Actor]:
    """ "according to the report": what is no party but still a source."""
    if not reading.is_word("outlet-noun", head):
        return []
    span = clauses.reach(head, _CUT)
    party = affiliation(reading, head) or Party(reading.label(span), EntityType.Organization)
    return [Actor(party, span, certainty=0.7)]


def _headline_source(reading: Reading, token: Token) -> list[Actor]:
    """ "Kremlin: …" and "…: State Department": a headline's source before or after a colon."""
    if token.i >= reading.headline_end:
        return []
    for colon in reading.headline_colons:
        before, after = reading.cast.at(reading.doc[colon - 1]), reading.cast.at(reading.doc[colon + 1])
        if before is not None and token.i > colon and not reading.doc[: before.start].text.strip():
            return _as_source(reading, before)
        if after is not None and token.i < colon and after.end >= reading.headline_end - 1:
            return _as_source(reading, after)
    return []


def _as_source(reading: Reading, naming: Naming) -> list[Actor]:
    return [Actor(naming.party, reading.doc[naming.start : naming.end])]
