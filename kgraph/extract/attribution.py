"""Who says so: reporting verbs, "according to", quotations, and chains of such sources.

The rules stand in ordered tables; the example of each is a test (tests/test_examples.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice

from spacy.tokens import Token

from kgraph.extract import clauses, descriptions
from kgraph.extract.authors import author
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.extract.reference import affiliation, who_all
from kgraph.extract.rules.en import words
from kgraph.extract.signatories import signatories
from kgraph.extract.speakers import reports, sayer, sayers, tellers
from kgraph.extract.tables import fails, first_filled, first_of, where
from kgraph.extract.turns import turn_speaker
from kgraph.vocabulary import EntityType

_BACKGROUND = frozenset(("acl", "relcl", "pobj", "nsubj", "nsubjpass", "dobj", "poss", "amod", "compound", "appos"))
# Dependencies by which a reported clause hangs below the clause that reports it.
_UPWARD = frozenset(
    (
        *("ccomp", "xcomp", "conj", "advcl", "relcl", "acl", "pcomp", "parataxis", "dep", "mark"),
        *("prep", "pobj", "dobj", "dative", "agent", "oprd", "nsubj", "nsubjpass", "csubj"),
        *("attr", "acomp", "appos", "poss", "amod", "compound", "nmod", "npadvmod", "advmod"),
    )
)
_DESCRIBING = ("acl", "relcl", "appos")
_CORE = (*clauses.NAMED_SUBJECTS, "dobj")
_ASIDE = ("parataxis", "advcl", "ccomp", "dep")
# How long quoted words must be to be an utterance, in tokens.
_UTTERANCE = 9


def sources(reading: Reading, token: Token, actor: Actor | None = None) -> list[Actor]:
    """Who the text attributes a clause to, outermost first; empty where the text speaks itself.

    What stands in a relative clause or a noun inside the reported words is background that the text itself gives.
    Where several parties speak together ("the two announced"), the actor of the move speaks for itself.
    """
    return of_headline(reading, token) or _chain(reading, token, actor)


def _chain(reading: Reading, token: Token, actor: Actor | None) -> list[Actor]:
    """The sources of a clause, each party once, outermost first."""
    by_party: dict[Party, Actor] = {}
    inside_out = (*_sources_inside_out(reading, token), _of_author(reading, token, actor))
    for found in (_says_of_another(reading, token, actor), *inside_out):
        for source in _one_of(found, actor):
            by_party.setdefault(source.party, source)
    return [*by_party.values()][::-1]


def _says_of_another(reading: Reading, verb: Token, actor: Actor | None) -> list[Actor]:
    """ "Jane Roe reaffirmed Peru's commitment", "warned that Peru would …": the subject says it, another makes the
    move."""
    says = reading.is_lemma("announcing-verb", verb) or clauses.children(verb, "ccomp") and reports(reading, verb)
    if actor is None or not says:
        return []
    subjects = sayers(reading, verb)
    return subjects if all(subject.party != actor.party for subject in subjects) else []


def _of_author(reading: Reading, token: Token, actor: Actor | None) -> list[Actor]:
    """ "We" in a statement by Jane Roe is the body that she speaks for, and she says so."""
    said_by_we = actor is not None and actor.span.text.lower() in words.FIRST_PLURAL
    if not said_by_we or reading.quotation_at(token) is not None or signatories(reading):
        return []
    return [by for by in author(reading) if actor is not None and by.party != actor.party]


def _one_of(found: list[Actor], actor: Actor | None) -> list[Actor]:
    """Of several who speak together the actor of the move itself, else the first."""
    own = [source for source in found if actor is not None and source.party == actor.party]
    return (own or found)[:1]


def _sources_inside_out(reading: Reading, token: Token) -> Iterator[list[Actor]]:
    """The sources of a clause, nearest first: of each clause that it hangs below, then of where it stands."""
    for node in _upward(reading, token):
        yield beside(reading, node, token) or []
        yield first_of(GOVERNOR_RULES.get(node.dep_, ()), reading, node, token) or []
    for rule in PLACE_RULES:
        yield rule(reading, token)


def _upward(reading: Reading, token: Token) -> Iterator[Token]:
    """A clause and those that it hangs below, up to where it is background that the text itself gives."""
    node = token
    yield node
    while node.head != node and node.dep_ in _UPWARD and not _is_background(reading, node, token):
        node = node.head
        yield node


def _is_background(reading: Reading, node: Token, token: Token) -> bool:
    """Whether the text itself gives what stands below this node: a noun's complement, a relative clause.

    Of talks that are subject or object, or for which somebody comes, it is told that they take place.
    """
    describes = node.dep_ in _DESCRIBING and node.tag_ != "VB" or _is_conceded(node)
    return describes or node.dep_ in _BACKGROUND and not _is_told(reading, token)


def _is_conceded(clause: Token) -> bool:
    """ "said that …, although Peru has signed": what is still so beside what was said is told by the text."""
    first = [*clauses.children(clause, "aux", "auxpass"), clause][0]
    return clauses.has_child(clause, words.CONCEDING, "mark") and first.tag_ in ("VBZ", "VBP")


def _is_told(reading: Reading, token: Token) -> bool:
    """Whether a word is a verb, or the noun of talks that take place: "came to Lima for talks"."""
    takes_place = token.dep_ in _CORE or clauses.is_after(token, words.PURPOSE)
    return clauses.is_verbal(token) or takes_place and reading.is_word("meeting-noun", token)


# Who says the clause of ``node``, by the clause that reports it; ``token`` is the word that is asked about.


def beside(reading: Reading, node: Token, token: Token) -> list[Actor] | None:
    """A reporting clause hangs below the reported one.

    Example: Peru *signed* the pact, as Jane Roe said. → Jane Roe
    """
    beside_it = [c for c in clauses.children(node, *_ASIDE) if c.i > token.i or _is_between_commas(c)]
    behind = filter(_is_behind_comma, clauses.children(node, "conj"))
    asides = [c for c in filter(_is_aside, (*beside_it, *behind)) if reports(reading, c)]
    return sayers(reading, asides[0]) if asides else None


def _is_behind_comma(verb: Token) -> bool:
    """ "Peru signed it, said the envoy", which a parse joins as another clause: nothing but a comma leads to it."""
    start = min((token.left_edge.i for token in clauses.labelled(verb.children, *clauses.NAMED_SUBJECTS)), default=0)
    before = verb.doc[: min(start, verb.i)].text.rstrip('" ')
    return before.endswith(",")


def _is_between_commas(verb: Token) -> bool:
    """ "The rebels, analysts say, have …": the report stands within the reported clause."""
    span = clauses.clause_span(verb)
    around = clauses.form_before(span[0]) + clauses.form_behind(span[-1])
    return verb.dep_ == "parataxis" and around == ",,"


def _is_aside(verb: Token) -> bool:
    """Whether a verb of saying beside a clause reports it: no other marker than "as", nothing else that it reports."""
    markers = {c.lower_ for c in clauses.children(verb, "mark", "advmod")}
    complete = verb.dep_ != "parataxis" and bool(clauses.children(verb, "ccomp", "xcomp", "dobj"))
    return markers <= words.AS and not complete


def _is_under_report(reading: Reading, node: Token, token: Token) -> bool:
    """Whether a verb of saying governs a clause."""
    return reports(reading, node.head)


def _is_spliced(reading: Reading, clause: Token, token: Token) -> bool:
    """Two main clauses with a comma between look like a report to the parser: the second has its own complement."""
    upper = clause.head
    subjects_before = clauses.labelled(upper.lefts, *clauses.NAMED_SUBJECTS)
    return clause.i < upper.i and bool(subjects_before and clauses.children(upper, "xcomp"))


def _is_under_passive(reading: Reading, node: Token, token: Token) -> bool:
    return clauses.is_passive(node.head)


def _is_announced(reading: Reading, node: Token, token: Token) -> bool:
    return node == token and reading.is_lemma("announcing-verb", node.head)


def _is_under_telling_noun(reading: Reading, node: Token, token: Token) -> bool:
    return node.head.pos_ == "NOUN" and reading.is_word("telling-noun", node.head)


@where(_is_under_report, fails(_is_spliced))
def reported(reading: Reading, node: Token, token: Token) -> list[Actor]:
    """A clause that a verb of saying governs is its subject's.

    Example: Jane Roe said that Peru *signed* the pact. → Jane Roe
    """
    return sayers(reading, node.head)


@where(_is_under_report, _is_under_passive)
def reported_of(reading: Reading, node: Token, token: Token) -> list[Actor]:
    """What somebody is said to have done is said by whom the text names with "by".

    Example: Peru was reported by Jane Roe to have *signed* the pact. → Jane Roe
    """
    return who_all(reading, clauses.agents(node.head))[:1]


@where(_is_announced)
def announced(reading: Reading, node: Token, token: Token) -> list[Actor]:
    """Who announces a thing says that there is one.

    Example: Jane Roe announced a *truce*. → Jane Roe
    """
    return sayers(reading, node.head)


@where(_is_under_telling_noun)
def told(reading: Reading, node: Token, token: Token) -> list[Actor]:
    """A report, a claim or an argument is its owner's.

    Example: Chile heard Jane Roe's claim that Peru *signed* the pact. → Jane Roe
    """
    return tellers(reading, node.head)


# By how the clause hangs on what governs it; the first that applies.
GOVERNOR_RULES: dict[str, tuple[Callable[[Reading, Token, Token], list[Actor] | None], ...]] = {
    "ccomp": (reported, told),
    **dict.fromkeys(("parataxis", "dep"), (reported,)),
    "xcomp": (reported_of,),
    "dobj": (announced,),
    "acl": (told,),
}


# Who says what stands at a place.


def according_to(reading: Reading, token: Token) -> list[Actor]:
    """Whom an "according to" names that holds for the clause.

    Example: According to Jane Roe, Peru *signed* the pact. → Jane Roe
    """
    cues = (cue for cue in token.sent if reading.is_form("source-cue", cue) and _holds_for(cue.head, token))
    return first_filled(_named_by(reading, cue) for cue in cues)


def _named_by(reading: Reading, cue: Token) -> list[Actor]:
    """The party, or the outlet, after "according to"."""
    heads = clauses.prepositional(cue, *words.ADDRESSEE)[:1]
    return [source for head in heads for source in sayer(reading, head) or _outlet(reading, head)][:1]


def _holds_for(holder: Token, token: Token) -> bool:
    """Whether what is said beside ``holder`` holds for the token: it is the root, above or beside the token."""
    beside = holder.dep_ != "relcl" and token.is_ancestor(holder)
    return beside or holder.dep_ == "ROOT" or holder in (token, *token.ancestors)


def _outlet(reading: Reading, head: Token) -> list[Actor]:
    """ "according to the report": what is no party but still a source."""
    if not reading.any_is_word("outlet-noun", (head, *clauses.children(head, "compound"))):
        return []
    span = descriptions.extent(head)
    owner = affiliation(reading, head) if reading.is_word("outlet-noun", head) else None
    party = owner or Party(descriptions.label(reading, span), EntityType.Organization)
    return [Actor(party, span, certainty=0.7)]


def in_utterance(reading: Reading, token: Token) -> list[Actor]:
    """Whoever utters a quotation says what stands in it.

    Example: "Last night Peru *signed* the pact with Chile," Jane Roe said. → Jane Roe
    """
    quotation = reading.quotation_at(token)
    if quotation is None or not _is_utterance(quotation, token):
        return []
    return reading.speakers(quotation)[:1]


def _is_utterance(quotation: Quotation, token: Token) -> bool:
    """Whether a quotation is an utterance: long, a block, or with the clause's subject; not a few quoted words."""
    long = quotation.block or quotation.end - quotation.start > _UTTERANCE
    return long or any(map(quotation.holds, clauses.subjects(token)))


def in_turn(reading: Reading, token: Token) -> list[Actor]:
    """In a conversation each part is said by whom its label names.

    Example: Talks at noon ¶ Reporter: What is new? ¶ Jane Roe: Peru *signed* the pact. → Jane Roe
    """
    return turn_speaker(reading, token)


def by_outlet(reading: Reading, token: Token) -> list[Actor]:
    """A whole sentence is an outlet's that a report at its end names.

    Example: Peru's *refusal* to sign has cost it friends, Reuters reported. → Reuters
    """
    root = token.sent.root
    tellers_behind = clauses.children_of((root, *clauses.children(root, *_ASIDE)), "nsubj")
    heads = filter(partial(_ends_sentence, reading, token), tellers_behind)
    return list(chain.from_iterable(map(partial(_medium, reading), heads)))


def _ends_sentence(reading: Reading, token: Token, teller: Token) -> bool:
    """Whether nothing but who reports and the report stand at the end: "…, Reuters reported"."""
    apart = token.i < teller.i and clauses.form_before(teller.left_edge) == ","
    return apart and clauses.form_behind(teller.head) == "." and reports(reading, teller.head)


def _medium(reading: Reading, head: Token) -> list[Actor]:
    named = filter(partial(_is_medium, reading), reading.cast.named((head,)))
    return list(map(reading.actor, named)) or _outlet(reading, head)


def _is_medium(reading: Reading, naming: Naming) -> bool:
    known = reading.knowledge.actors.get(naming.party.known or "")
    return known is not None and known.is_medium


PLACE_RULES: tuple[Callable[[Reading, Token], list[Actor]], ...] = (according_to, by_outlet, in_utterance, in_turn)


def of_headline(reading: Reading, token: Token) -> list[Actor]:
    """A headline names its source before or after a colon.

    Example: Jane Roe: Peru *signed* the pact ¶ The night was long. Rain fell. → Jane Roe
    """
    if token.i >= reading.headline_end:
        return []
    before = (_up_to_colon(reading, colon) for colon in reading.headline_colons if colon < token.i)
    behind = (_from_colon_on(reading, colon) for colon in reading.headline_colons if colon > token.i)
    namings = chain.from_iterable(chain(before, behind))
    return [reading.actor(naming) for naming in islice(namings, 1)]


def _up_to_colon(reading: Reading, colon: int) -> list[Naming]:
    """Whoever is named in all that a headline has before a colon."""
    named = reading.cast.named((reading.doc[colon - 1],))
    return [naming for naming in named if not reading.doc[: naming.start].text.strip()]


def _from_colon_on(reading: Reading, colon: int) -> list[Naming]:
    """Whoever is named in all that a headline has after a colon."""
    named = reading.cast.named((reading.doc[colon + 1],))
    return [naming for naming in named if naming.end >= reading.headline_end - 1]
