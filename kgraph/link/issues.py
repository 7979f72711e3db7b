"""What a wording is about: the issues of the scheme whose words stand in it as whole words."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from kgraph.knowledge import Knowledge

# The issue of talks themselves: what a matter is about where it is about nothing else.
TALKS = "https://w3id.org/kgraph/issue/talks"
# Endings that a listed word may take: "embargo" also finds "embargoes", "treaty" also "treaties".
_INFLECTION = r"(?:s|es|d|ed|ing|['’]s)?"


@lru_cache(maxsize=50_000)
def issues_of(words: str, knowledge: Knowledge) -> frozenset[str]:
    """IRIs of the issues that some words are about; a word inside another ("dam" in "Damascus") tells nothing."""
    pattern, meaning = _matcher(knowledge)
    return frozenset(issue for match in pattern.finditer(words.lower()) for issue in meaning[match.group(1)])


@lru_cache(maxsize=4)
def _matcher(knowledge: Knowledge) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """One pattern for all listed words, the longest first, and the issues that each means."""
    meaning: dict[str, set[str]] = defaultdict(set)
    for issue in knowledge.issues:
        for word in issue.words:
            meaning[word.lower()].add(issue.iri)
            if word.endswith("y"):
                meaning[f"{word.lower()[:-1]}ie"].add(issue.iri)
    longest_first = sorted(meaning, key=lambda word: (-len(word), word))
    listed = "|".join(re.escape(word) for word in longest_first) or r"(?!)"
    pattern = re.compile(rf"\b({listed}){_INFLECTION}(?![\w])")
    return pattern, {word: frozenset(issues) for word, issues in meaning.items()}
