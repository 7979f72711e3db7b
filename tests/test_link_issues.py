"""Issues are found by whole words."""

from __future__ import annotations

import pytest

from kgraph.link.issues import issues_of


@pytest.mark.parametrize(
    ("words", "issues"),
    [
        ("a visit to Damascus", {"talks"}),  # "dam" is no part of a word
        ("important proposals", set()),  # neither is "import"
        ("the dam on the upper river", {"water"}),
        ("embargoes on arms", {"sanctions"}),  # plurals are found
        ("treaties and subsidies", {"subsidies"}),  # "y" becomes "ies"
        ("prisoner swap", {"prisoners"}),
        # a matter may have several
        ("lifting of sanctions and release of prisoners", {"sanctions-relief", "prisoners"}),
        ("membership of NATO", {"membership", "nato-membership"}),
        ("enrichment of uranium", {"enrichment", "nuclear"}),
    ],
)
def test_issues_of_words(knowledge, words, issues):
    assert {iri.rsplit("/", 1)[1] for iri in issues_of(words, knowledge)} == issues


def test_there_are_about_sixty_issues(knowledge):
    assert 55 <= len(knowledge.issues) <= 70
