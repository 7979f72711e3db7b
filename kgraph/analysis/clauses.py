"""A condition in the words of its clause: what waits, the word that joins both parts, and what must come first.

A reader marks the words that name outcome and condition; around them stand the words without which they say something
else ("until", "as long as", "not able to").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.analysis.corpus import Corpus, matter, worded
from kgraph.model.statement import LinkedMention, Statement

# Words of a part of a clause that is told in full.
_MOST_WORDS = 24
_CONNECTIVES = (
    "as long as",
    "so long as",
    "on the condition that",
    "on condition that",
    "provided that",
    "providing that",
    # "has provided aid" sets no condition.
    "(?<=, )provided",
    "(?<=, )providing",
    "in exchange for",
    "in return for",
    "in the event of",
    "in case of",
    "only after",
    "only if",
    "only when",
    "once",
    "before",
    "until",
    "unless",
    "if",
)
_CONNECTIVE = re.compile(rf"\b(?:{'|'.join(_CONNECTIVES)})\b", re.IGNORECASE)
_CONNECTIVE_LAST = re.compile(rf"[\s,]+(?:{'|'.join(_CONNECTIVES)})$", re.IGNORECASE)
_CONDITION_FIRST = "before"
# Words by which a clause sets a condition without such a word.
_SETS_ONE = re.compile(
    r"\b(?:(?:pre)?conditions?|conditional|conditioned|contingent|depend\w*|hinge\w*|rests? on|prerequisites?|"
    r"require\w*|need\w*|demand\w*|insist\w*|must|should|were|pending|without|when|after|whether)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.]\s|[\"”]|$")
_CLAUSE_START = re.compile(r".*(?:[,;:.]\s+|[\"“]|\bthat\s+)", re.IGNORECASE | re.DOTALL)
_NEGATION = re.compile(r"\b(?:not|never|cannot|unable)(?: be)?(?: able)?(?: to)?\s*$", re.IGNORECASE)
_BEFORE_NEGATION = 24
_COORDINATORS = frozenset(("and", "or", "but", "then"))
_EDGES = " ,;:\n"
_SENTENCE_END = " .!?'’\"”\n"


@dataclass(frozen=True)
class Clause:
    """The outcome, the word that joins it to its condition ("" where none was found), and the condition;
    ``says_so`` tells whether the clause has any word that sets a condition.
    """

    outcome: str
    connective: str
    condition: str
    says_so: bool

    @property
    def sentence(self) -> str:
        """Both parts with what joins them, in the order of the text."""
        if self.connective == _CONDITION_FIRST:
            return f"“{self.condition}” before “{self.outcome}”"
        return f"“{self.outcome}” {self.connective or 'depends on'} “{self.condition}”"


def clause(corpus: Corpus, statement: Statement) -> Clause:
    """The clause of a statement that sets a condition."""
    text = corpus.texts.get(statement.document, "")
    start, end = statement.span.start, statement.span.end
    # A reader's clause may end within its last part: "until talks" of "until talks resume".
    last = end + len(corpus.around(statement)[1].rstrip(_SENTENCE_END))
    found = _Parts(text, start, end, last, statement.object, statement.condition)
    return Clause(
        outcome=_with_subject(found.outcome(), corpus.label(matter(statement))),
        connective=" ".join(found.joint.group().lower().split()) if found.joint else "",
        condition=found.needed(),
        says_so=found.joint is not None or bool(_SETS_ONE.search(text, start, end)),
    )


def _with_subject(words: str, name: str) -> str:
    """A name where it says who, as its words do not: "the talks may not go on" for "may not go on"."""
    return name if name.lower().endswith(f" {words.lower()}") else words


class _Parts:
    """The two parts of a clause in a text, and the connective between or before them; ``last`` is where the sentence
    ends.
    """

    def __init__(
        self, text: str, start: int, end: int, last: int, outcome: LinkedMention | None, needed: LinkedMention | None
    ) -> None:
        self.text, self.start, self.end, self.last = text, start, end, last
        self.object, self.condition = outcome, needed
        self.joint = self._joint()

    def _joint(self) -> re.Match[str] | None:
        """The last connective before the condition with no outcome between; or "before" that leads to the outcome."""
        if self.object is None or self.condition is None:
            return None
        outcome, needed = self.object.span, self.condition.span
        found = None
        for match in _CONNECTIVE.finditer(self.text, self.start, self.end):
            if match.group().lower() == _CONDITION_FIRST:
                if needed.end <= match.start() and match.end() <= outcome.start:
                    return match
            elif match.end() <= needed.start and not match.end() <= outcome.start < needed.start:
                found = match
        return found

    def needed(self) -> str:
        """The condition from the connective to where its clause ends."""
        mention = self.condition
        if mention is None or self.joint is None or mention.antecedent is not None:
            return worded(mention)
        if self.joint.group().lower() == _CONDITION_FIRST:
            opened = _CLAUSE_START.match(self.text[self.start : mention.span.start])
            first, last = self.start + (opened.end() if opened else 0), self.joint.start()
        else:
            first, last = self.joint.end(), self._end_of_condition(mention)
        words = self.text[first:last].strip(_EDGES).split()
        while words and words[-1].lower() in _COORDINATORS:
            words.pop()
        return " ".join(words) if len(words) <= _MOST_WORDS else worded(mention)

    def _end_of_condition(self, mention: LinkedMention) -> int:
        """Where the clause of the condition ends: at a mark, or where the outcome begins."""
        # From its last character on, which may be the mark itself.
        mark = _CLAUSE_END.search(self.text, mention.span.end - 1, max(self._reach(mention), mention.span.end))
        return max(mention.span.end, mark.start() if mark else self._reach(mention))

    def _reach(self, mention: LinkedMention) -> int:
        """How far the condition can go on: to the outcome, or to the end of the sentence."""
        assert self.object is not None
        return self.last if self.object.span.start < mention.span.end else self.object.span.start

    def outcome(self) -> str:
        """The outcome with the negation before it, and without the condition where that is part of its words."""
        mention = self.object
        if mention is None or mention.antecedent is not None or self.condition is None:
            return worded(mention)
        first, last, needed = mention.span.start, mention.span.end, self.condition.span
        if self.joint is not None and first <= self.joint.start() and needed.start < last:
            # "if talks fail, they would go": the rest is the outcome.
            before = self.text[first : self.joint.start()].strip(_EDGES)
            return " ".join((before or self.text[needed.end : last].strip(_EDGES)).split()) or worded(mention)
        negation = _NEGATION.search(self.text, max(0, first - _BEFORE_NEGATION), first)
        if negation is None:
            return _CONNECTIVE_LAST.sub("", worded(mention)).strip(_EDGES) or worded(mention)
        return " ".join(self.text[negation.start() : last].split())
