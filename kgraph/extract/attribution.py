"""Who says so: quotations and their speakers, reporting verbs, "according to", and chains of sources."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.extract.reference import affiliation, who
from kgraph.vocabulary import EntityType

_BACKGROUND = frozenset("acl relcl pobj nsubj nsubjpass dobj poss amod compound appos".split())
_SINGULAR_FIRST = frozenset("i me my mine myself".split())
_AUTHOR_TITLE = re.compile(
    r"\b(?:statement|remarks|address|speech|letter|op-ed|message) (?:by|from|of)\b", re.IGNORECASE
)
_UPWARD = (
    "ccomp",
    "xcomp",
    "conj",
    "advcl",
    "relcl",
    "acl",
    "pcomp",
    "prep",
    "pobj",
    "dobj",
    "nsubj",
    "nsubjpass",
    "attr",
    "acomp",
    "parataxis",
    "dep",
    "appos",
    "poss",
    "agent",
    "oprd",
    "csubj",
    "dative",
    "amod",
    "compound",
    "nmod",
    "npadvmod",
    "advmod",
    "mark",
)


def find_quotations(reading: Reading) -> list[Quotation]:
    """Spans between quotation marks, paragraph by paragraph, and block quotations (the paragraph after one that ends in a colon).

    A quotation that its paragraph does not close runs to the paragraph's end, as is the custom of the press.
    """
    found: list[Quotation] = []
    doc, paragraphs = reading.doc, reading.paragraphs
    for start, end in paragraphs:
        opening = None
        for i in range(start, end):
            if doc[i].text == '"':
                if opening is None:
                    opening = i
                else:
                    found.append(Quotation(opening, i + 1))
                    opening = None
        if opening is not None and end - opening > 2:
            found.append(Quotation(opening, end))
    for (start, end), (next_start, next_end) in pairwise(paragraphs):
        last = next((doc[i] for i in range(end - 1, start - 1, -1) if not doc[i].is_space), None)
        if last is not None and last.text == ":" and not any(q.start < next_end and next_start < q.end for q in found):
            found.append(Quotation(next_start, next_end, block=True))
    return sorted(found, key=lambda q: q.start)


def quotation_speaker(reading: Reading, quotation: Quotation) -> list[Actor]:
    """Who utters a quotation; empty where the text does not tell."""
    if quotation.start in reading.speaker_cache:
        return reading.speaker_cache[quotation.start]
    reading.speaker_cache[quotation.start] = []
    reading.speaker_cache[quotation.start] = found = _find_speaker(reading, quotation)
    return found


def _find_speaker(reading: Reading, quotation: Quotation) -> list[Actor]:
    doc = reading.doc
    paragraph = next(((s, e) for s, e in reading.paragraphs if s <= quotation.start < e), (0, len(doc)))
    if quotation.block:
        before = _paragraph_before(reading, paragraph[0])
        verbs = [t for t in reading.reporting_verbs if before <= t.i < paragraph[0]]
        return _subject_actors(reading, verbs[-1]) if verbs else []
    near = sorted(
        (t for t in reading.reporting_verbs if paragraph[0] <= t.i < paragraph[1] and reading.quotation_at(t) is None),
        key=lambda t: (t.sent != doc[quotation.start].sent, min(abs(t.i - quotation.start), abs(t.i - quotation.end))),
    )
    for verb in near:
        distance = min(abs(verb.i - quotation.start), abs(verb.i - quotation.end))
        if distance > 25 or verb.sent.start > quotation.end + 1 or verb.sent.end < quotation.start - 1:
            continue
        found = _subject_actors(reading, verb)
        if found:
            return found
    if len(near) and quotation.start - paragraph[0] > 3:
        for verb in near:
            if verb.i < quotation.start and (found := _subject_actors(reading, verb)):
                return found
    earlier = [q for q in reading.quotations if q.end <= quotation.start and not q.block]
    if earlier and quotation.start - paragraph[0] <= 1 or earlier and earlier[-1].start >= paragraph[0]:
        return quotation_speaker(reading, earlier[-1])
    return []


def _paragraph_before(reading: Reading, start: int) -> int:
    before = [s for s, _ in reading.paragraphs if s < start]
    return before[-1] if before else 0


def _reports(reading: Reading, token: Token) -> bool:
    return token.pos_ == "VERB" and reading.knowledge.is_word("reporting-verb", token.lemma_.lower())


def _subject_actors(reading: Reading, verb: Token) -> list[Actor]:
    if clauses.is_passive(verb):
        heads = clauses.agents(verb)
    else:
        heads = clauses.subjects(verb)
    found = [actor for head in heads for actor in who(reading, head)]
    return found[:6]


def first_person(reading: Reading, token: Token, span: Span) -> list[Actor]:
    """ "I" is the speaker of the quotation or the author of the text, "we" the body that the speaker speaks for."""
    quotation = reading.quotation_at(token)
    speakers = quotation_speaker(reading, quotation) if quotation is not None else author(reading)
    if not speakers:
        return []
    speaker = speakers[0]
    if token.lower_ not in _SINGULAR_FIRST:
        body = spoken_for(reading, speaker)
        if body is not None:
            return [Actor(body, span, speaker.span, 0.8)]
    return [Actor(speaker.party, span, speaker.span, 0.9)]


def spoken_for(reading: Reading, speaker: Actor) -> Party | None:
    """The state or body that a person speaks for, as far as the text or the actors file tells."""
    if speaker.party.kind in (EntityType.State, EntityType.Organization):
        return speaker.party
    body = reading.cast.state_of(speaker.party)
    if body is not None and body.known:
        known = reading.knowledge.actors.get(body.known)
        if known is not None and known.acts_for:
            return reading.cast.known_party(known.acts_for)
    return body


def author(reading: Reading) -> list[Actor]:
    """The person or body whose own words the whole document is ("Statement by …")."""
    headline = reading.document.headline
    if headline is None or not _AUTHOR_TITLE.search(reading.document.text[headline[0] : headline[1]]):
        return []
    for naming in reading.cast.namings:
        if (
            naming.end <= reading.headline_end
            and naming.party.kind in (EntityType.Person, EntityType.State, EntityType.Organization)
            and naming.manner == "name"
        ):
            return [Actor(naming.party, reading.doc[naming.start : naming.end])]
    return []


def sources(reading: Reading, token: Token, actor: Actor | None = None) -> list[Actor]:
    """Who the text attributes a clause to, outermost first; empty where the text speaks itself.

    What stands in a relative clause or a noun inside the reported words is background that the text itself gives. Where several
    parties speak together ("the two announced"), the actor of the move speaks for itself.
    """
    chain: list[Actor] = []
    extend = partial(_add_source, actor)
    node = token
    extend(chain, _said_aside(reading, token, token))
    while node.head != node and node.dep_ in _UPWARD:
        upper = node.head
        if node.dep_ in ("ccomp", "parataxis", "dep") and _reports(reading, upper) and not _comma_splice(node, upper):
            extend(chain, _subject_actors(reading, upper))
        elif node.dep_ == "xcomp" and clauses.is_passive(upper) and _reports(reading, upper):
            extend(chain, [a for h in clauses.agents(upper) for a in who(reading, h)][:1])
        elif node.dep_ == "dobj" and node == token and upper.lemma_ in ("announce", "report", "confirm"):
            extend(chain, _subject_actors(reading, upper))
        elif upper.pos_ == "NOUN" and node.dep_ in ("acl", "ccomp") and reading.is_word("telling-noun", upper):
            extend(chain, _teller(reading, upper))
        if (
            node.dep_ in _BACKGROUND
            and token.pos_ not in ("VERB", "AUX")
            or node.dep_ in ("acl", "relcl", "appos")
            and node.tag_ != "VB"
        ):
            break
        extend(chain, _said_aside(reading, upper, token))
        node = upper
    extend(chain, _according_to(reading, token))
    quotation = reading.quotation_at(token)
    if quotation is not None and (
        quotation.end - quotation.start > 9 or quotation.block or _starts_clause(quotation, token)
    ):
        extend(chain, quotation_speaker(reading, quotation)[:1])
    return _headline_source(reading, token) or list(reversed(chain))


def _comma_splice(clause: Token, upper: Token) -> bool:
    """Two main clauses with a comma between look like a report to the parser: the second has an object of its own."""
    return (
        clause.i < upper.i
        and bool(clauses.children(upper, "xcomp", "dobj", "prep"))
        and any(c.dep_ in ("nsubj", "nsubjpass") and c.i < upper.i for c in upper.children)
        and upper.i - clause.i > 0
        and bool(clauses.children(upper, "xcomp"))
    )


def _teller(reading: Reading, noun: Token) -> list[Actor]:
    """Whose report, claim or argument it is."""
    for heads in (
        clauses.children(noun, "poss"),
        clauses.prepositional(noun, "by"),
        clauses.prepositional(noun, "from"),
        clauses.children(noun, "compound", "nmod"),
    ):
        found = [a for head in heads for a in who(reading, head)]
        if found:
            return found
    return []


def _starts_clause(quotation: Quotation, token: Token) -> bool:
    """Whether a short quotation holds the clause's own subject: a whole utterance, not a few quoted words."""
    return any(quotation.start <= t.i < quotation.end for t in clauses.subjects(token))


def _add_source(actor: Actor | None, chain: list[Actor], found: list[Actor]) -> None:
    own = [source for source in found if actor is not None and source.party == actor.party]
    for source in (own or found)[:1]:
        if all(source.party != other.party for other in chain):
            chain.append(source)


def _said_aside(reading: Reading, clause: Token, token: Token) -> list[Actor]:
    """ "…, Roe said" and "as Roe said": the reporting clause hangs below the reported one."""
    for child in clause.children:
        if child.dep_ in ("parataxis", "advcl", "ccomp", "dep") and _reports(reading, child) and child.i > token.i:
            markers = [c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")]
            aside = child.dep_ == "parataxis" or not clauses.children(child, "ccomp", "xcomp", "dobj")
            if aside and (not markers or markers[0] == "as") and not set(markers) - {"as"}:
                return _subject_actors(reading, child)
    return []


def _according_to(reading: Reading, token: Token) -> list[Actor]:
    for other in token.sent:
        if other.lower_ == "according":
            heads = clauses.prepositional(other, "to")
            inside = other.head
            below = (
                inside == token
                or inside in list(token.ancestors)
                or token in list(inside.subtree)
                and inside.dep_ != "relcl"
                or inside.dep_ == "ROOT"
            )
            if below and heads:
                found = who(reading, heads[0]) or _outlet(reading, heads[0])
                if found:
                    return found[:1]
    return []


def _outlet(reading: Reading, head: Token) -> list[Actor]:
    """ "according to the report": what is no party but still a source."""
    if reading.is_word("outlet-noun", head):
        span = clauses.reach(head, ("relcl", "acl", "punct", "cc", "appos", "advcl"))
        owner = affiliation(reading, head)
        return [Actor(owner or Party(reading.words(span), EntityType.Organization), span, certainty=0.7)]
    return []


def _headline_source(reading: Reading, token: Token) -> list[Actor]:
    """ "Kremlin: …" and "…: State Department": a headline's source before or after a colon."""
    if token.i >= reading.headline_end:
        return []
    for colon in reading.headline_colons:
        naming = reading.cast.at(reading.doc[colon - 1])
        if naming is not None and token.i > colon and not reading.doc[: naming.start].text.strip():
            return [Actor(naming.party, reading.doc[naming.start : naming.end])]
        naming = reading.cast.at(reading.doc[colon + 1])
        if naming is not None and token.i < colon and naming.end >= reading.headline_end - 1:
            return [Actor(naming.party, reading.doc[naming.start : naming.end])]
    return []
