"""What a move is about: the phrase trimmed to what it names, its kind, and what "the proposal" points back to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.reference import who
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of
from kgraph.model.statement import Mention
from kgraph.vocabulary import EntityType, Relation

MAX_TOKENS = 40
# How far back, in tokens, a pointing phrase, "it" and a bare "the deal" in between may point.
_POINTS_BACK, _PRONOUN_POINTS_BACK, _BARE_POINTS_BACK = 220, 40, 120
_KINDS = (
    ("measure-in-force", EntityType.Measure),
    ("legal-noun", EntityType.LegalAct),
    ("plan-noun", EntityType.Plan),
    ("agreement-noun", EntityType.Agreement),
    ("meeting-noun", EntityType.Meeting),
)
DOCUMENTS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct)
_ANSWERING = (Relation.agreesTo, Relation.signs, Relation.rejects)
_TELLING = ("amod", "compound", "nummod", "prep", "acl")
_PHRASE_CUT = ("relcl", "advcl", "punct", "cc", "appos")
_NAME_CUT = (*_PHRASE_CUT, "acl")
WITHOUT_QUOTES = str.maketrans("", "", '“”"')


@dataclass(frozen=True)
class Antecedent:
    """The earlier phrase that a pointing phrase stands for, with the name, kind and key of its matter."""

    phrase: Span
    name: str
    kind: EntityType
    key: str


def kind_of(reading: Reading, head: Token) -> EntityType:
    """Plan, Agreement, LegalAct, Meeting or Measure, by the head noun."""
    if clauses.is_nominal(head) and not _settles_strife(reading, head):
        for word_class, kind in _KINDS:
            if reading.is_word(word_class, head):
                return kind
    return EntityType.Measure


def _settles_strife(reading: Reading, noun: Token) -> bool:
    """ "the resolution of the dispute": what ends strife is no act of law."""
    if not reading.is_word("sort-resolution", noun):
        return False
    of = (c for c in clauses.children(noun, "prep") if c.lower_ in words.OF)
    return any(reading.is_word("strife", t) for c in of for t in clauses.children(c, "pobj"))


def matter(reading: Reading, head: Token, addressee: Token | None = None) -> Mention:
    """The mention of a matter whose phrase has this head (a noun, or the verb of what is to be done).

    ``addressee`` is who is to do it ("urged X to …"): its words are part of the matter.
    """
    if head.pos_ in ("VERB", "AUX") or head.dep_ in ("ccomp", "xcomp", "pcomp", "advcl") and head.pos_ != "NOUN":
        return _deed(reading, head, addressee)
    return _thing(reading, head)


def _deed(reading: Reading, head: Token, addressee: Token | None) -> Mention:
    """What is to be done: the clause of its verb, with who is to do it."""
    wording = clauses.clause_span(head)
    shared = clauses.shares_object(head)
    if shared is not None:
        wording = reading.doc[wording.start : clauses.clause_span(shared).end]
    if addressee is not None and addressee.pos_ != "PRON":
        start = clauses.reach(addressee, ("relcl", "acl", "punct", "cc", "advcl", "appos")).start
        wording = reading.doc[start : max(wording.end, head.i + 1)]
    wording = _without_proviso(wording, head)
    wording = _shorten(wording if head.i - wording.start < MAX_TOKENS else reading.doc[head.i : wording.end])
    name = name_of(reading, wording)
    text = reading.words(wording)
    return Mention(span=reading.span(wording), text=text, name=name, type=EntityType.Measure, key=name.lower())


def _without_proviso(wording: Span, head: Token) -> Span:
    """ "if Peru leaves, Chile would close the border": the condition before a deed is none of it."""
    before = [c for c in clauses.children(head, "advcl") if c.i < head.i and clauses.has_child(c, words.IF, "mark")]
    start = max((c.right_edge.i + 1 for c in before), default=wording.start)
    return clauses.trim(wording.doc[start : wording.end]) if wording.start < start <= head.i else wording


def _thing(reading: Reading, head: Token) -> Mention:
    """A noun phrase, named by its words without clauses, or by what it points back to."""
    restricted = _is_restricted(head)
    wording = _shorten(clauses.reach(head, ("relcl", "punct", "cc", "parataxis"), _beside(reading, head)))
    says_what = () if _says_only_by_clause(head) else ("acl",)
    cut = ("advcl", "punct", "cc", "appos", "npadvmod", *says_what, *(() if restricted else ("relcl",)))
    short = clauses.reach(head, cut, _beside(reading, head)) if len(wording) > 6 or restricted else wording
    wording = reading.doc[min(wording.start, short.start) : max(wording.end, short.end)]
    span, text = reading.span(wording), reading.words(wording)
    found = _antecedent(reading, head, wording)
    if found is None:
        name, kind, key = name_of(reading, short), kind_of(reading, head), key_of(reading, short)
        return Mention(span=span, text=text, name=name, type=kind, key=key)
    return Mention(
        span=span,
        text=text,
        name=found.name,
        type=found.kind,
        antecedent=reading.span(found.phrase),
        certainty=0.75,
        key=found.key,
    )


def _says_only_by_clause(noun: Token) -> bool:
    """ "suggestions that Peru had moved", "a pledge to leave": nothing but the clause tells which ones."""
    told = clauses.children(noun, *_TELLING, "poss")
    return bool(told) and all(child.dep_ == "acl" and child.tag_ != "VBN" for child in told)


def _beside(reading: Reading, head: Token) -> list[Token]:
    """ "a truce as a condition for …", "a pause on Monday": as what, and when, does not belong to a matter's name."""
    beside = (c for c in clauses.children(head, "prep") if c.i > head.i)
    taken_as = [c for c in beside if c.lower_ in words.AS or any_of(_NOT_OF_A_NAME, reading, c)]
    return taken_as + [c for c in clauses.children(head, "advmod") if reading.is_form("time-relation", c)]


def _is_day(reading: Reading, preposition: Token) -> bool:
    """ "on Monday morning", "on 3 May"."""
    return preposition.lower_ in words.ON and _introduces(preposition, "DATE", "TIME")


def _introduces(preposition: Token, *labels: str) -> bool:
    """Whether a named entity with one of these labels follows a preposition."""
    return any(t.ent_type_ in labels for t in clauses.children(preposition, "pobj"))


def is_medium(reading: Reading, preposition: Token) -> bool:
    """ "in a post on X", "in an interview": where somebody says so."""
    if preposition.lower_ not in words.MEDIUM:
        return False
    media = clauses.children(preposition, "pobj")
    return any(reading.is_word("medium-noun", m) and clauses.has_child(m, words.INTRODUCING) for m in media)


def is_proviso(reading: Reading, preposition: Token) -> bool:
    """ "a treaty on condition that …"."""
    on = preposition.lower_ in words.CONDITION_ON
    return on and any(reading.is_word("condition-noun", t) for t in clauses.children(preposition, "pobj"))


_NOT_OF_A_NAME = (_is_day, is_medium, is_proviso)


def _is_restricted(head: Token) -> bool:
    """ "any deal that does not …": after any, no or every the relative clause says which."""
    return clauses.has_child(head, words.RESTRICTING) and bool(clauses.children(head, "relcl"))


def key_of(reading: Reading, phrase: Span) -> str:
    """What tells a matter from others of its document: its content words, without vague and pointing ones."""
    telling = [t.lemma_.lower() for t in phrase if _tells(reading, t)]
    return " ".join(telling) or phrase.text.lower()


def _tells(reading: Reading, token: Token) -> bool:
    is_word = any((token.is_alpha, token.like_num, "-" in token.text[1:]))
    empty = (token.is_stop, token.dep_ in ("det", "predet"), reading.is_form("vague-modifier", token))
    return is_word and not any(empty)


def _shorten(span: Span) -> Span:
    return clauses.trim(span[:MAX_TOKENS]) if len(span) > MAX_TOKENS else span


def name_of(reading: Reading, span: Span) -> str:
    """The wording without article, pointing words, quotation marks and the day before it: the matter's name."""
    wording = reading.label(clauses.peeled(_after_day(span), partial(_is_no_part_of_a_name, reading)))
    name = wording.translate(WITHOUT_QUOTES).strip(" ,;:’'") or wording
    return name + ")" if name.count("(") > name.count(")") else name


def _after_day(span: Span) -> Span:
    """ "said on Thursday he would …": the day before a clause belongs to the saying."""
    start = 1 if len(span) > 1 and span[0].pos_ == "ADP" else 0
    end = start
    while end < len(span) - 1 and span[end].ent_type_ == "DATE":
        end += 1
    is_owner = span[end].tag_ == "POS"  # "today's deal should …"
    return span[end:] if end > start and not is_owner and span.root.pos_ in ("VERB", "AUX") else span


def _is_no_part_of_a_name(reading: Reading, token: Token) -> bool:
    if token.is_punct or token.is_space:
        return True
    if token.head.ent_type_ in ("DATE", "TIME") and token.head.dep_ == "poss" or clauses.form_behind(token) in words.OF:
        return False  # "this week's talks", "some of the debt"
    return token.lower_ in words.NOT_IN_A_NAME or reading.is_form("introducing-modifier", token)


def _antecedent(reading: Reading, head: Token, wording: Span) -> Antecedent | None:
    """The earlier phrase that "the proposal", "the plan", "such pauses", "it" or "which" stands for."""
    if head.pos_ == "PRON" and head.lower_ in words.THING_POINTING:
        beside = parallel(reading, head)
        if beside is not None:
            return _as_antecedent(reading, beside)
        return _before_pronoun(reading, head) if _answers(reading, head) or not who(reading, head) else None
    if head.pos_ != "NOUN" or len(wording) > 3:
        return None
    return _what_was_said(reading, head) or _pointed_at(reading, head)


def named_before(reading: Reading, noun: Token) -> Antecedent | None:
    """What a noun among other words points back to: "attend the talks", "changes in the deal"."""
    pointing = noun.pos_ == "NOUN" and clauses.has_child(noun, words.POINTING_BACK, "det")
    if not pointing or _says_which(reading, noun):
        return None
    if kind_of(reading, noun) == EntityType.Meeting:
        return meeting_before(reading, noun, partial(_is_same_sort, reading, noun))
    return _pointed_at(reading, noun) if kind_of(reading, noun) in DOCUMENTS else None


def _is_same_sort(reading: Reading, noun: Token, other: Token) -> bool:
    """Whether two nouns can mean one meeting: "the negotiations" are talks, and no conference."""
    sort, others = (reading.knowledge.sorts.get(each.lemma_.lower(), each.lemma_) for each in (noun, other))
    return sort == others and clauses.is_plural(noun) == clauses.is_plural(other)


def meeting_before(
    reading: Reading, token: Token, can_be_meant: Callable[[Token], bool] = lambda noun: True
) -> Antecedent | None:
    """The meeting that the text named last, where its name tells which one."""
    before = (t for t in _nouns_before(token, _BARE_POINTS_BACK) if kind_of(reading, t) == EntityType.Meeting)
    return next((_as_antecedent(reading, t) for t in before if can_be_meant(t) and _has_content(t)), None)


def _pointed_at(reading: Reading, head: Token) -> Antecedent | None:
    """The earlier phrase that a noun with a determiner stands for."""
    determiners = [c.lower_ for c in clauses.children(head, "det", "amod") if c.lower_ in words.POINTING]
    if not determiners or _says_which(reading, head):
        return None
    if determiners[0] in words.POINTING_TO_KIND:
        return _of_the_sentence_before(reading, head)
    return _same_matter_before(reading, head)


def _is_aside(noun: Token) -> bool:
    """ "…, a charge Peru denies": what it names stands before, whatever the parser hangs it on."""
    introduced = clauses.has_child(noun, words.INDEFINITE_ARTICLE) and noun.left_edge.i > noun.sent.start
    told = noun.dep_ == "appos" or bool(clauses.children(noun, "relcl"))
    return introduced and told and noun.left_edge.nbor(-1).text == ","


def _points_back(noun: Token) -> bool:
    """ "that demand", "the charge"."""
    return clauses.has_child(noun, words.POINTING_BACK, "det")


def _what_was_said(reading: Reading, noun: Token) -> Antecedent | None:
    """What was demanded, proposed or charged before "that demand", "the idea" or "the charge"."""
    aside = _is_aside(noun)
    pointing = _is_bare(noun) and (aside or _points_back(noun) and not _says_which(reading, noun))
    relation = said_by_name(reading, noun) if pointing else None
    verb = _evoking_before(reading, noun, relation) if relation is not None else None
    said = _said(reading, verb, noun) if verb is not None else None
    if said is None:
        return None
    thing = said.dep_ == "dobj" and clauses.is_nominal(said)
    if thing and not aside:
        return _as_antecedent(reading, said) if _has_content(said) else None
    wording = _shorten(clauses.clause_span(said) if clauses.is_verbal(said) else clauses.full_phrase(said))
    if thing:
        wording = clauses.trim(noun.doc[wording.start : noun.left_edge.i])  # "sought freedom from Peru, a wish …"
    name = name_of(reading, wording)
    if relation == Relation.accuses:
        name = f"{noun.text} of {name}"  # whoever denies the charge does not refuse the deed
    return Antecedent(wording, name, EntityType.Measure, name.lower())


def _evoking_before(reading: Reading, noun: Token, relation: Relation) -> Token | None:
    """The nearest verb before a noun by which somebody demands, proposes or charges."""
    before = reversed(noun.doc[max(0, noun.i - _BARE_POINTS_BACK) : noun.i])
    return next((t for t in before if t.pos_ == "VERB" and _evokes(reading, t, "verb", relation)), None)


def _said(reading: Reading, verb: Token, noun: Token) -> Token | None:
    """What somebody is charged with, by a verb before a noun for a charge; what is demanded or proposed, by another."""
    if reading.is_word("accusation-noun", noun):
        return next((c for p in words.BLAME for c in clauses.prepositional(verb, p)), None)
    things = (c for c in clauses.direct_objects(verb) if c.lemma_ != noun.lemma_)
    return next(iter((*clauses.children(verb, "ccomp", "xcomp"), *things)), None)


def said_by_name(reading: Reading, noun: Token) -> Relation | None:
    """What a noun says was made with words: a charge, a demand ("that request") or a proposal ("the idea")."""
    return Relation.accuses if reading.is_word("accusation-noun", noun) else _asks_by_name(reading, noun)


def _asks_by_name(reading: Reading, noun: Token) -> Relation | None:
    """Whether a noun names what was demanded ("that request") or what was proposed ("the idea")."""
    if _evokes(reading, noun, "noun", Relation.callsFor):
        return Relation.callsFor
    proposed = reading.is_word("idea-noun", noun) or _evokes(reading, noun, "noun", Relation.proposes)
    return Relation.proposes if proposed else None


def parallel(reading: Reading, pronoun: Token) -> Token | None:
    """What a sentence sets beside a pronoun: "Peru opposes the resolution, while Chile backs it"."""
    if pronoun.dep_ != "dobj" or not _evokes(reading, pronoun.head, "verb", *_ANSWERING, Relation.supports):
        return None
    before = [t for t in pronoun.sent if t.i < pronoun.head.i and t.dep_ == "dobj" and clauses.is_nominal(t)]
    moved = [t for t in before if _evokes(reading, t.head, "verb", *Relation)]
    return moved[-1] if moved and kind_of(reading, moved[-1]) in DOCUMENTS else None


def _says_which(reading: Reading, head: Token) -> bool:
    """Whether the phrase itself says which one it means, so that it does not point back."""
    own = [c for c in clauses.children(head, "relcl", *_TELLING) if c not in _beside(reading, head)]
    return any(c.lower_ not in words.POINTING and not reading.is_form("vague-modifier", c) for c in own)


def _nouns_before(head: Token, reach: int) -> Iterator[Token]:
    """The nouns before a token, nearest first; a mere repetition of the word is left out."""
    for other in reversed(head.doc[max(0, head.i - reach) : head.i]):
        repeated = other.lemma_ == head.lemma_ and _is_bare(other)
        named = clauses.is_nominal(other) and other.dep_ != "compound" and not clauses.has_child(other, words.NO)
        if named and not repeated and not any(t.lower_ in words.ANONYMITY for t in other.subtree):
            yield other


def _answers(reading: Reading, pronoun: Token) -> bool:
    """Whether a pronoun is what somebody consents to, signs or refuses, which is no party ("We reject it")."""
    return pronoun.dep_ == "dobj" and _evokes(reading, pronoun.head, "verb", *_ANSWERING)


def _evokes(reading: Reading, word: Token, kind: str, *relations: Relation) -> bool:
    """Whether a verb or noun can evoke one of the relations."""
    return any(frame.relation in relations for frame in reading.knowledge.frames.get((word.lemma_.lower(), kind), ()))


def _before_pronoun(reading: Reading, head: Token) -> Antecedent | None:
    """The nearest plan, agreement or legal act of some words that "it" or "this" can mean; what is refused or accepted
    may be anything that was proposed."""
    answers = _answers(reading, head)
    for other in _nouns_before(head, _PRONOUN_POINTS_BACK):
        offered = _put_forward(reading, head, other) if answers else None
        if offered is not None:
            return offered
        if kind_of(reading, other) in DOCUMENTS and _has_content(other):
            return _as_antecedent(reading, other)
    return None


def _points_to_offer(reading: Reading, noun: Token) -> bool:
    """ "the offer", "the proposal": a noun of proposing that does not say what is proposed."""
    bare = _is_bare(noun) and clauses.has_child(noun, words.POINTING_BACK)
    return bare and _evokes(reading, noun, "noun", Relation.proposes)


def _lies_apart(head: Token, other: Token) -> bool:
    """Whether another word stands in another paragraph: an offer is seldom what a text called a plan there."""
    between = head.doc[other.i : head.i]
    return other.lemma_ != head.lemma_ and any("\n" in t.text for t in between if t.is_space)


def _put_forward(reading: Reading, head: Token, noun: Token) -> Antecedent | None:
    """What a noun before says that somebody else proposed: the noun itself, or the deed that it is the object of."""
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return None
    deed = noun.head
    verb = deed.head if deed.dep_ in ("xcomp", "pcomp", "ccomp") else deed
    if not _proposes(reading, verb, noun) or _is_own(reading, head, verb):
        return None
    if verb == deed:
        return _as_antecedent(reading, noun)
    wording = _shorten(clauses.clause_span(deed))
    name = name_of(reading, wording)
    return Antecedent(wording, name, EntityType.Measure, name.lower())


def _proposes(reading: Reading, verb: Token, noun: Token) -> bool:
    """Whether a verb says by itself that somebody proposes what a noun names ("make" does not, nor "offer hope")."""
    frames = reading.knowledge.frames.get((verb.lemma_.lower(), "verb"), ())
    alone = [f for f in frames if f.relation == Relation.proposes and not f.support_nouns and f.particle is None]
    return any(noun.lemma_.lower() not in frame.excluded_objects for frame in alone)


def _is_own(reading: Reading, head: Token, verb: Token) -> bool:
    """Whether who answers an offer is who made another one: nobody answers their own."""
    answering = {actor.party for subject in clauses.subjects(head.head) for actor in who(reading, subject)}
    return any(actor.party in answering for subject in clauses.subjects(verb) for actor in who(reading, subject))


def _same_matter_before(reading: Reading, head: Token) -> Antecedent | None:
    """The nearest earlier noun phrase that can be meant: of the same noun, else a more telling phrase of the same kind,
    or, for "the offer", what was proposed."""
    if kind_of(reading, head) == EntityType.Measure and not reading.is_word("measure-noun", head):
        return None
    to_offer = _points_to_offer(reading, head)
    of_another_name: Antecedent | None = None
    for other in _nouns_before(head, _POINTS_BACK):
        offered = _put_forward(reading, head, other) if to_offer else None
        if offered is not None:
            return offered
        apart = to_offer and _lies_apart(head, other) or _is_ones_own(reading, head, other)
        if apart or not _can_be_meant(reading, head, other):
            continue
        meant = _by_itself_or_before(reading, head, other)
        if meant is not None and other.lemma_.lower() == head.lemma_.lower():
            return meant
        of_another_name = of_another_name or meant
    return of_another_name


def _by_itself_or_before(reading: Reading, head: Token, other: Token) -> Antecedent | None:
    """What an earlier noun names, by its own words, or, where it stands near, by those that it points back to."""
    if _has_content(other):
        return _as_antecedent(reading, other)
    near = clauses.has_child(other, words.DEFINITE) and head.i - other.i < _BARE_POINTS_BACK
    return _same_matter_before(reading, other) if near else None


def _is_ones_own(reading: Reading, head: Token, other: Token) -> bool:
    """ "Chile accepted the plan" does not mean "a Chilean offer": nobody answers their own."""
    if not _answers(reading, head) or not reading.is_word("plan-noun", other):
        return False
    namings = (reading.cast.at(c) for c in clauses.children(other, "amod", "poss", "compound"))
    makers = {naming.party for naming in namings if naming is not None}
    return bool(makers) and any(a.party in makers for c in clauses.subjects(head.head) for a in who(reading, c))


def _can_be_meant(reading: Reading, head: Token, other: Token) -> bool:
    if _is_whole_headline(reading, other):
        return False
    kind = kind_of(reading, head)
    if kind in DOCUMENTS and clauses.is_plural(other) and not clauses.is_plural(head):
        return False  # "this agreement" is none of the agreements of others
    if other.lemma_.lower() == head.lemma_.lower():
        return True
    if clauses.is_plural(head) and not clauses.is_plural(other):
        return False  # "these conditions" are no plan
    if kind in DOCUMENTS and kind_of(reading, other) == kind:
        return _may_be_one_sort(reading, head, other)
    return reading.is_lemma("call-noun", head) and reading.is_lemma("call-noun", other)


def _may_be_one_sort(reading: Reading, head: Token, other: Token) -> bool:
    """Whether "the deal" can be an accord, which is of its sort, and not a settlement or truce, which is of another;
    "the decree" is no constitution."""
    sort, others = (reading.knowledge.sorts.get(noun.lemma_.lower()) for noun in (head, other))
    if sort is None or others is None:
        return kind_of(reading, head) != EntityType.LegalAct
    return sort == others


def _is_whole_headline(reading: Reading, noun: Token) -> bool:
    """Whether a noun's phrase is the headline: "Ministers open trade talks" is no name, whatever the parser thinks."""
    phrase = clauses.reach(noun, _PHRASE_CUT)
    rest = reading.doc[phrase.end : reading.headline_end]
    return noun.i < reading.headline_end and phrase[0].idx <= reading.first_place and not any(t.is_alpha for t in rest)


def _has_content(noun: Token) -> bool:
    """Whether a noun's phrase tells more than the noun."""
    phrase = clauses.reach(noun, _PHRASE_CUT)
    return sum(not t.is_stop and not t.is_punct for t in phrase) >= 2


def _as_antecedent(reading: Reading, noun: Token) -> Antecedent:
    times = [preposition for preposition in clauses.children(noun, "prep") if _introduces(preposition, "DATE")]
    cut = _PHRASE_CUT if _says_only_by_clause(noun) else _NAME_CUT
    short = clauses.reach(noun, (*cut, "npadvmod"), times)
    phrase = clauses.reach(noun, _PHRASE_CUT)
    return Antecedent(phrase, name_of(reading, short), kind_of(reading, noun), key_of(reading, short))


def _of_the_sentence_before(reading: Reading, head: Token) -> Antecedent | None:
    """ "such pauses": the measure that is the subject or object of the sentence before."""
    start = head.sent.start
    before = reading.doc[start - 1].sent if start else head.sent
    for other in before:
        takes_part = other.dep_ in ("nsubj", "dobj", "nsubjpass") and not _is_bare(other)
        if takes_part and reading.is_word("measure-noun", other):
            return _as_antecedent(reading, other)
    return None


def _is_bare(noun: Token) -> bool:
    """Whether nothing at a noun tells more; who denied "a charge denied by Peru" tells nothing of the charge."""
    return not [c for c in clauses.children(noun, *_TELLING) if c.dep_ != "acl" or not clauses.agents(c)]


def is_matter(reading: Reading, head: Token) -> bool:
    """Whether a noun can be what a negotiation move is about (not a person, a date or a vague word)."""
    can_be = head.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "AUX", "PRON", "NUM")
    # The tagger takes "the talks two months later" for a date.
    counted = head.ent_type_ in ("DATE", "TIME") and not reading.is_one_of(head, "matter-class", "meeting-noun")
    return can_be and not counted and not reading.is_lemma("vague-noun", head)
