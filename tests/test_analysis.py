"""The analyses on small graphs where the right answer is obvious, where they must stay silent, and on the seeds."""

from __future__ import annotations

import csv
import io
import json
from copy import copy
from dataclasses import replace

import networkx
import pyoxigraph
import pytest

from kgraph.analysis import change
from kgraph.analysis.answers import answers, as_csv, as_json, as_rdf, as_text, is_weak
from kgraph.analysis.apart import Apart, around_conditions, around_contradictions, touched_by
from kgraph.analysis.blocs import blocs, network
from kgraph.analysis.change import changes, patch
from kgraph.analysis.conditions import BLOCKED, CONDITION, DEADLOCK, EXCLUSIVE, KEY, deadlocks
from kgraph.analysis.contradictions import DEEDS, FIGURES, MEETINGS, STANCES, contradictions
from kgraph.analysis.corpus import Corpus, matter
from kgraph.analysis.lifecycle import first_words, life_cycles, may_begin
from kgraph.analysis.positions import Part, Position, ends_of, positions, reversals, timeline
from kgraph.analysis.quantities import counted, interval, parties_named
from kgraph.build.opening import open_build
from kgraph.build.pipeline import build
from kgraph.link.phrases import phrase
from kgraph.model.selection import Selection
from kgraph.namespaces import KG, iri
from kgraph.rdf.graph import Graph
from kgraph.rdf.mapping import Columns
from kgraph.rdf.store import memory_store
from kgraph.validate import validate_turtle
from kgraph.views.data import page_data
from kgraph.vocabulary import Stance, Term
from tests.program import kgraph
from tests.synthetic import Move, planted_moves, quads


@pytest.fixture
def made(knowledge):
    """A corpus of made statements."""

    def of(*moves: Move) -> Corpus:
        return Corpus(Graph(memory_store(quads(moves, knowledge)), knowledge))

    return of


@pytest.fixture
def read_in(tmp_path):
    """A corpus of what is read in texts, a document each."""

    def of(*texts: str, name: str = "out") -> Corpus:
        folder = tmp_path / f"{name}-in"
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"d{number}.txt").write_text(text, encoding="utf-8")
        return Corpus(build([folder], tmp_path / name))

    return of


@pytest.fixture(scope="module")
def seed_corpus(seeds):
    return Corpus(seeds)


# Positions.


def cells(found):
    return [(p.party_label, p.topic_label, p.stance, p.certainty) for p in found]


def test_the_latest_stance_counts_and_nothing_is_deleted(made):
    corpus = made(
        Move("A", "proposes", "9-point plan", day="2024-01-01", reported="2024-01-02"),
        Move("A", "rejects", "9-point plan", day="2024-03-01", reported="2024-03-02"),
    )
    (position,) = positions(corpus, by_matter=True)
    assert (position.stance, position.certainty, position.parts[0].earlier) == ("rejects", "reported", 1)
    assert [e.when for e in position.parts[0].evidence] == ["1 March 2024"]
    before = positions(corpus, as_of="2024-02-01", by_matter=True)
    assert cells(before) == [("A", "9-point plan", "proposes", "reported")]
    assert positions(corpus, as_of="2023-12-31", by_matter=True) == []


def test_as_of_honours_imprecise_dates(read_in):
    corpus = read_in("In December 2023, Sweden rejected the 12-point plan.")
    assert positions(corpus, as_of="2023-11-30", by_matter=True) == []
    assert cells(positions(corpus, as_of="2023-12-15", by_matter=True)) == [
        ("Sweden", "12-point plan", "rejects", "open")
    ]
    assert cells(positions(corpus, as_of="2023-12-31", by_matter=True)) == [
        ("Sweden", "12-point plan", "rejects", "reported")
    ]


def test_what_cannot_be_ordered_stays_open(made):
    corpus = made(Move("A", "agreesTo", "9-point plan"), Move("A", "rejects", "9-point plan"))
    (position,) = positions(corpus, by_matter=True)
    assert set(position.parts[0].stances) == {"accepts", "rejects"}
    assert position.certainty == "open"


@pytest.mark.parametrize(
    "move",
    [
        Move("A", "agreesTo", "9-point plan", polarity="negative"),
        Move("A", "rejects", "9-point plan", modality="possible"),
        Move("A", "claims", "9 trucks", value=9, counted="trucks"),
        Move("A", "violates", "9-point plan"),
    ],
)
def test_no_stance_is_made_up(made, move):
    assert positions(made(move), by_matter=True) == []


def test_matters_of_an_issue_stand_side_by_side(read_in):
    corpus = read_in("Sweden proposed a temporary ceasefire.\n\nSweden rejected an immediate ceasefire in the north.")
    by_issue = [p for p in positions(corpus) if "easefire" in p.topic_label]
    assert [p.stance for p in by_issue] in (
        ["proposes and rejects different matters"],
        ["rejects and proposes different matters"],
    )


def part(*stances):
    return Part("m", "matter", tuple(map(Stance, stances)), "reported", (), 0, 0.5)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([part("accepts"), part("accepts")], "accepts"),
        ([part("conditional")], "sets conditions for"),
        ([part("accepts"), part("conditional")], "accepts and sets conditions for different matters"),
        (
            [part("rejects"), part("calls for"), part("accepts")],
            "rejects, calls for and accepts different matters",
        ),
        ([part("calls for", "proposes")], "calls for or proposes"),
        ([part("calls for"), part("calls for", "proposes")], "calls for; calls for or proposes another matter"),
        ([], "silent"),
    ],
)
def test_a_stance_on_an_issue_is_said_so_that_it_can_be_read(parts, said):
    assert Position("p", "Peru", "t", "Ceasefire", "", tuple(parts)).stance == said


def test_a_tie_tells_only_the_sides_that_were_found(made):
    corpus = made(Move("A", "rejects", "9-point plan"), Move("B", "rejects", "9-point plan"))
    (told,) = {a.explanation for a in answers(blocs(corpus).ties)}
    assert told.startswith("A and B are on the same side of 1 matter (“9-point plan”)") and "opposite" not in told


def test_silence_is_named_where_asked(made):
    corpus = made(Move("A", "proposes", "9-point plan"), Move("B", "proposes", "8-point plan"))
    silent = [c for c in cells(positions(corpus, by_matter=True, silent=True)) if c[2] == "silent"]
    assert silent == [("A", "8-point plan", "silent", ""), ("B", "9-point plan", "silent", "")]


def test_month_by_month_only_changes_are_told(made):
    corpus = made(
        Move("A", "proposes", "9-point plan", day="2024-01-10", reported="2024-01-11"),
        Move("A", "proposes", "9-point plan", day="2024-02-10", reported="2024-02-11"),
        Move("A", "rejects", "9-point plan", day="2024-03-10", reported="2024-03-11"),
    )
    assert ends_of(corpus, "month") == ["2024-01-31", "2024-02-29", "2024-03-31"]
    assert ends_of(corpus, "quarter") == ["2024-03-31"]
    told = [(p.as_of, p.stance) for p in timeline(corpus, ends_of(corpus, "month"), by_matter=True)]
    assert told == [("2024-01-31", "proposes"), ("2024-03-31", "rejects")]


def test_nothing_is_known_before_it_is_reported(made):
    """A report of May that tells of January says nothing as of February."""
    corpus = made(
        Move("A", "proposes", "9-point plan", day="2024-01-10", reported="2024-05-15"),
        Move("A", "rejects", "8-point plan", reported="2024-05-15"),
    )
    assert positions(corpus, as_of="2024-05-14", by_matter=True) == []
    assert cells(positions(corpus, as_of="2024-05-15", by_matter=True)) == [
        ("A", "8-point plan", "rejects", "reported"),
        ("A", "9-point plan", "proposes", "reported"),
    ]
    assert ends_of(corpus, "month") == ["2024-05-31"]


def test_what_is_undated_is_placed_at_its_report_visibly(made):
    corpus = made(
        Move("A", "rejects", "9-point plan", reported="2024-03-01"),
        Move("A", "agreesTo", "9-point plan", reported="2024-03-04"),
    )
    (position,) = positions(corpus, by_matter=True)
    assert (position.stance, position.certainty) == ("accepts", "reported")
    assert [e.when for e in position.parts[0].evidence] == ["undated, reported on 4 March 2024"]


def test_two_sources_confirm_a_position(made):
    corpus = made(
        Move("A", "rejects", "9-point plan", day="2024-03-01", speaker="B", reported="2024-03-02"),
        Move("A", "rejects", "9-point plan", day="2024-03-01", speaker="C", reported="2024-03-03"),
    )
    assert [p.certainty for p in positions(corpus, by_matter=True)] == ["confirmed"]


def test_a_planned_move_is_no_stance(made):
    corpus = made(
        Move("A", "rejects", "9-point plan", day="2024-03-03"),
        Move("A", "signs", "9-point plan", day="2024-06-01", modality="planned"),
    )
    assert [p.stance for p in positions(corpus, by_matter=True)] == ["rejects"]
    assert reversals(corpus) == []


def test_bare_shared_words_join_nothing(read_in):
    """Two truces of two documents are two matters unless the linking says that they are one."""
    corpus = read_in(
        "On 3 May 2024, Sweden accepted a truce in the valley.",
        "On 9 June 2024, Sweden rejected a truce in the harbour town.",
    )
    assert len({matter(s) for s in corpus.statements.values()}) == 2
    assert reversals(corpus) == []


def test_reversals(made):
    corpus = made(
        Move("A", "agreesTo", "9-point plan", day="2024-01-10"),
        Move("A", "rejects", "9-point plan", day="2024-03-10", speaker="B"),
    )
    (turn,) = reversals(corpus)
    assert (turn.before, turn.after, turn.claimed, turn.match) == (
        "accepts",
        "rejects",
        ("B",),
        "same matter, one wording",
    )
    assert [e.alleged for e in turn.evidence] == [False, True]
    assert "as B claims" in turn.explanation
    assert (turn.order, turn.confidence, turn.score) == ("by the dates in the texts", 0.8, 0.45)


def test_a_reversal_from_one_day_to_the_next(made):
    """Undated moves are ordered by their reports; the finding says so, and counts for less."""
    corpus = made(
        Move("A", "rejects", "9-point plan", reported="2024-01-28"),
        Move("A", "agreesTo", "9-point plan", reported="2024-01-29"),
    )
    (turn,) = reversals(corpus)
    assert (turn.before, turn.after, turn.order) == ("rejects", "accepts", "by the days of the reports")
    assert (turn.confidence, turn.score) == (0.8, 0.51)


def test_a_turn_with_another_stance_in_between_is_told_step_by_step(made):
    corpus = made(
        Move("A", "agreesTo", "9-point plan", day="2024-01-10"),
        Move("A", "rejects", "9-point plan", day="2024-02-10"),
        Move("A", "agreesTo", "9-point plan", day="2024-03-10"),
        Move("A", "rejects", "9-point plan", day="2024-04-10"),
    )
    turns = sorted((r.evidence[0].when, r.evidence[1].when) for r in reversals(corpus))
    assert turns == [
        ("10 February 2024", "10 March 2024"),
        ("10 January 2024", "10 February 2024"),
        ("10 March 2024", "10 April 2024"),
    ]


@pytest.mark.parametrize(
    "moves",
    [
        [Move("A", "agreesTo", "9-point plan"), Move("A", "rejects", "9-point plan")],
        [
            Move("A", "agreesTo", "9-point plan", day="2024-01-10"),
            Move("B", "rejects", "9-point plan", day="2024-03-10"),
        ],
        [
            Move("A", "agreesTo", "9-point plan", day="2024-01-10"),
            Move("A", "rejects", "8-point plan", day="2024-03-10"),
        ],
        [
            Move("A", "agreesTo", "9-point plan", day="2024-01-10"),
            Move("A", "supports", "9-point plan", day="2024-03-10"),
        ],
    ],
)
def test_no_reversal(made, moves):
    assert reversals(made(*moves)) == []


def test_reversals_of_one_matter(made):
    corpus = made(
        Move("A", "signs", "9-point plan", day="2024-01-10"),
        Move("A", "rejects", "9-point plan", day="2024-03-10"),
        Move("B", "prohibits", "8-point plan", day="2024-01-10"),
        Move("B", "enacts", "8-point plan", day="2024-03-10"),
        Move("C", "mediates", "9-point plan", day="2024-01-10"),
        Move("C", "rejects", "9-point plan", day="2024-03-10"),
    )
    turns = [(r.party_label, r.matter_label, *(e.when for e in r.evidence)) for r in reversals(corpus)]
    assert turns == [
        ("A", "9-point plan", "10 January 2024", "10 March 2024"),
        ("B", "8-point plan", "10 January 2024", "10 March 2024"),
    ]


# Contradictions.


def figure(who, value, bound=None, what="tanks", n=1):
    return Move(who, "claims", f"{value:.0f} count {n}", value=float(value), bound=bound, counted=what)


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        ((65_285, "more than"), (43_000, None), True),
        ((65_285, "more than"), (70_000, None), False),
        ((65_285, "more than"), (65_285, None), True),
        ((65_285, "at least"), (65_285, None), False),
        ((500, None), (500, None), False),
        ((500, None), (501, None), True),
        ((600_000, "close to"), (640_000, None), False),
        ((600_000, "about"), (900_000, None), True),
        ((100, "up to"), (200, "more than"), True),
        ((100, "less than"), (100, "more than"), True),
    ],
)
def test_bounds_are_honoured(made, one, other, excluded):
    assert interval(*(one[0], one[1] or "")).excludes(interval(*(other[0], other[1] or ""))) is excluded
    found = contradictions(made(figure("A", *one, n=1), figure("B", *other, n=2)))
    assert bool(found) is excluded
    for item in found:
        assert (item.kind, item.comparable, len(item.evidence)) == (FIGURES, True, 2)


def test_one_claimant_does_not_contradict_itself_nor_do_different_things(made):
    assert contradictions(made(figure("A", 5, n=1), figure("A", 9, n=2))) == []
    assert contradictions(made(figure("A", 5, what="tanks", n=1), figure("B", 9, what="planes", n=2))) == []


def test_killed_and_injured_together_contradict_no_number_of_killed(read_in):
    graph = read_in(
        "Norway said more than 100 Swedish soldiers were killed and injured.\n\nSweden said 18 Swedish soldiers were killed."
    )
    assert not any(found.comparable for found in contradictions(graph))


def test_killed_and_wounded_are_not_comparable(read_in):
    corpus = read_in(
        "Norway said 4,000 Swedish soldiers were killed in the battle.\n\nDenmark said 9,000 Swedish soldiers were wounded in the battle."
    )
    found = contradictions(corpus)
    assert [(c.kind, c.comparable) for c in found] == [(FIGURES, False)]
    assert "not comparable" in found[0].explanation
    assert {"soldiers killed", "soldiers wounded"} <= set(found[0].about.removeprefix("Sweden: ").split(" / "))


def test_what_is_counted(knowledge):
    own = counted("soldiers killed in action", "", frozenset(), knowledge)
    assert (own.fates, own.people) == ({"killed"}, {"soldier"})
    around = counted("deaths", "a group that tracks Norwegian soldiers killed", frozenset(), knowledge)
    assert (around.fates, around.people) == ({"killed"}, {"soldier"})
    assert parties_named("two Norwegian and one Costa Rica soldier", knowledge) == {
        f"{KG}state/norway",
        f"{KG}state/costa-rica",
    }


def test_one_source_says_yes_another_no(made):
    corpus = made(Move("A", "agreesTo", "9-point plan", speaker="B"), Move("A", "rejects", "9-point plan", speaker="C"))
    (found,) = contradictions(corpus)
    assert (found.kind, found.values) == (STANCES, ("accepts", "rejects"))
    assert "B has A say yes" in found.explanation


def test_what_was_counted_later_may_have_grown(made):
    grown = made(
        Move("A", "claims", "5 count", value=5, counted="tanks", day="2024-01-01"),
        Move("B", "claims", "9 count", value=9, counted="tanks", day="2024-06-01"),
    )
    assert contradictions(grown) == []
    shrunk = made(
        Move("A", "claims", "9 count", value=9, counted="tanks", day="2024-01-01"),
        Move("B", "claims", "5 count", value=5, counted="tanks", day="2024-06-01"),
    )
    assert len(contradictions(shrunk)) == 1


def test_many_claims_are_one_dispute(made):
    (found,) = contradictions(made(*(figure(f"S{n}", 100 + n, n=n) for n in range(30))))
    assert len(found.evidence) == 8
    assert "22 more between" in found.explanation


def test_two_signers_sign_on_two_days(made):
    corpus = made(
        Move("A", "signs", "9-point plan", day="2024-01-01"), Move("B", "signs", "9-point plan", day="2024-02-01")
    )
    assert contradictions(corpus) == []


@pytest.mark.parametrize(
    "moves",
    [
        [Move("A", "agreesTo", "9-point plan", speaker="B"), Move("A", "rejects", "9-point plan", speaker="B")],
        [
            Move("A", "agreesTo", "9-point plan", speaker="B", day="2024-01-01"),
            Move("A", "rejects", "9-point plan", speaker="C", day="2024-02-01"),
        ],
        [
            Move("A", "agreesTo", "9-point plan", speaker="B"),
            Move("A", "rejects", "9-point plan", speaker="C", polarity="negative"),
        ],
    ],
)
def test_no_contradiction_in_stances(made, moves):
    assert contradictions(made(*moves)) == []


def test_meetings_that_differ(read_in):
    corpus = read_in("On 4 May 2024, Peru signed the Lima accord.", "On 9 May 2024, Peru signed the Lima accord.")
    found = contradictions(corpus)
    assert [(c.kind, c.values) for c in found] == [(MEETINGS, ("4 May 2024", "9 May 2024"))] or [
        c.values for c in found
    ] == [("9 May 2024", "4 May 2024")]


# Conditions.


def kinds(found):
    return [f.kind for f in found]


def on(party, outcome, condition, **more):
    return Move(party, "conditionsOn", outcome, condition=condition, **more)


def test_a_deadlock_needs_two_parties(made):
    (lock,) = [
        f
        for f in deadlocks(made(on("A", "9-day truce", "3-year pullout"), on("B", "3-year pullout", "9-day truce")))
        if f.kind == DEADLOCK
    ]
    assert set(lock.parties) == {"A", "B"}
    assert len(lock.evidence) == 2
    assert "none can come first" in lock.explanation
    alone = deadlocks(made(on("A", "9-day truce", "3-year pullout"), on("A", "3-year pullout", "9-day truce")))
    assert DEADLOCK not in kinds(alone)


def test_minimal_cycles_only(made):
    moves = [
        on("A", "1-day truce", "2-day truce"),
        on("B", "2-day truce", "3-day truce"),
        on("C", "3-day truce", "1-day truce"),
        on("B", "2-day truce", "1-day truce"),
    ]
    locks = [f for f in deadlocks(made(*moves)) if f.kind == DEADLOCK]
    assert sorted(len(f.matters) for f in locks) == [2]


def test_two_setters_of_one_condition_make_two_parties(made):
    for number in range(6):
        corpus = made(
            on("A", f"{number}-day truce", "3-year pullout"),
            on("B", f"{number}-day truce", "3-year pullout"),
            on("A", "3-year pullout", f"{number}-day truce"),
        )
        (lock,) = [f for f in deadlocks(corpus) if f.kind == DEADLOCK]
        assert set(lock.parties) == {"A", "B"}


def test_a_circle_of_one_party_hides_no_larger_one(made):
    corpus = made(
        on("P", "1-day truce", "2-day truce"),
        on("P", "2-day truce", "1-day truce"),
        on("Q", "2-day truce", "3-day truce"),
        on("R", "3-day truce", "1-day truce"),
    )
    (lock,) = [f for f in deadlocks(corpus) if f.kind == DEADLOCK]
    assert set(lock.parties) == {"P", "Q", "R"}


def test_what_is_met_locks_nothing(made):
    corpus = made(
        on("A", "1-day truce", "2-year pullout"),
        on("B", "2-year pullout", "1-day truce"),
        Move("B", "signs", "2-year pullout"),
    )
    assert DEADLOCK not in kinds(deadlocks(corpus))


def test_one_partys_yes_does_not_cancel_anothers_no(made):
    corpus = made(
        on("A", "1-day truce", "2-year pullout"),
        Move("B", "rejects", "2-year pullout", day="2024-01-01"),
        Move("A", "agreesTo", "2-year pullout", day="2024-02-01"),
    )
    assert BLOCKED in kinds(deadlocks(corpus))


@pytest.mark.slow
def test_dense_conditions_take_bounded_time(made):
    import random
    import time

    chance = random.Random(3)
    moves = [
        on(f"S{chance.randrange(9)}", f"{chance.randrange(64)}-day truce", f"{chance.randrange(64)}-day truce")
        for _ in range(800)
    ]
    begun = time.process_time()
    assert deadlocks(made(*moves))
    assert time.process_time() - begun < 60


def test_what_is_refused_in_other_words_blocks_nothing(read_in):
    corpus = read_in(
        "Sweden will withdraw its troops only if Norway accepts a ceasefire.", "Norway rejected a temporary ceasefire."
    )
    assert BLOCKED not in kinds(deadlocks(corpus))


def test_what_is_left_or_lifted_is_not_refused(made):
    corpus = made(on("A", "1-day truce", "2-year pullout"), Move("B", "withdrawsFrom", "2-year pullout"))
    assert BLOCKED not in kinds(deadlocks(corpus))


def test_who_sets_a_condition_does_not_block_it_by_refusing_it(made):
    corpus = made(on("A", "1-day truce", "2-year pullout"), Move("A", "rejects", "2-year pullout"))
    assert BLOCKED not in kinds(deadlocks(corpus))


def test_what_was_done_before_it_was_asked_for_is_asked_for_anew(made):
    corpus = made(
        Move("B", "agreesTo", "2-year pullout", day="2023-01-01"),
        on("A", "1-day truce", "2-year pullout", day="2024-01-01"),
    )
    (told,) = [f.explanation for f in deadlocks(corpus) if f.kind == CONDITION]
    assert told == "“1-day truce” if “2-year pullout”, for A (open)."


@pytest.mark.parametrize(
    ("left", "joined", "turns"),
    [
        ("six-party talks", "return to the negotiating table", 1),
        ("talks in Lima", "attend the peace talks", 1),
        ("six-party talks", "join the two-party talks", 0),  # another round
        ("six-party talks", "attend the funeral of the talks", 0),
        ("fishing talks", "resume mining talks", 0),  # about something else
    ],
)
def test_who_leaves_the_talks_and_returns_to_the_table(made, left, joined, turns):
    found = reversals(
        made(
            Move("A", "withdrawsFrom", left, day="2024-05-03", reported="2024-05-04"),
            Move("A", "agreesTo", joined, day="2024-05-09", reported="2024-05-10"),
        )
    )
    assert [turn.explanation for turn in found] == [
        f"A withdrew from “{left}” (3 May 2024) and later agreed to “{joined}” (9 May 2024)."
    ][:turns]


@pytest.mark.parametrize(("soldiers", "killed", "disputed"), [("120", "40", True), ("40", "120", False)])
def test_soldiers_killed_are_no_more_than_all_who_were(read_in, soldiers, killed, disputed):
    corpus = read_in(
        f"Norway's defense ministry said {soldiers} Swedish soldiers were killed.",
        f"Sweden's foreign minister Jane Roe said {killed} Swedish people were killed.",
    )
    assert any(c.kind == FIGURES and c.comparable for c in contradictions(corpus)) is disputed


def test_who_is_accused_and_denies_it(read_in):
    corpus = read_in(
        "Sweden accused Norway of breaking the fishing treaty. Norway denied that it had broken the fishing treaty."
    )
    (found,) = [c for c in contradictions(corpus) if c.kind == DEEDS]
    assert found.explanation == "Sweden says that Norway violated “fishing treaty”, Norway denies it."


def test_what_frees_one_outcome_alone_is_the_condition_itself(made):
    corpus = made(
        on("A", "1-day truce", "5-bank loan"),
        on("B", "2-day truce", "6-bank loan"),
        on("B", "3-day truce", "6-bank loan"),
    )
    assert [f.matters[0] for f in deadlocks(corpus) if f.kind == KEY] == ["6-bank loan"]


def test_a_clause_that_sets_a_condition_for_two_is_one_finding(read_in):
    corpus = read_in("Sweden and Norway will open the port only if Finland pays the fees.")
    told = [f.parties for f in deadlocks(corpus) if f.kind == CONDITION]
    assert told == [("Norway", "Sweden")]


@pytest.mark.parametrize(
    ("outcome", "needed", "weak"),
    [
        ("1-day truce", "2-year pullout", False),
        ("1-day truce", "do so", True),  # small words
        ("1-day truce", "halted", True),  # a verb alone
        ("in this spirit", "2-year pullout", True),  # a part of a clause
        ("(the 1-day truce", "2-year pullout", True),
        ("talks fail", "2-year pullout", False),
        ("this deal", "2-year pullout", True),  # which one, only the text tells
        ("may not be able to move forward", "2-year pullout", True),  # what is to move, only the text tells
        ("could only welcome the truce", "2-year pullout", True),  # done by saying it
    ],
)
def test_a_condition_of_which_a_fragment_was_read_is_weak(made, outcome, needed, weak):
    (found,) = [f for f in deadlocks(made(on("A", outcome, needed))) if f.kind == CONDITION]
    assert is_weak(found) is weak


@pytest.mark.parametrize(
    ("actor", "outcome", "worth"),
    [
        ("Peru", "truce", 0.8),
        ("Peru", "strike at the harbour", 0.5),  # nothing that is negotiated
        ("several groups", "truce", 0.4),  # nobody can tell who
    ],
)
def test_what_a_condition_of_one_clause_is_worth(made, actor, outcome, worth):
    move = Move(actor, "conditionsOn", outcome, condition="harbour fees of 2020", actor_type="Group")
    (found,) = [f for f in deadlocks(made(move)) if f.kind == CONDITION]
    assert found.score == pytest.approx(found.confidence * worth, abs=0.01)


def test_half_of_a_condition_is_not_told_beside_the_whole(read_in):
    corpus = read_in(
        "Sweden is ready for a truce on condition that Norway pays the fees and that Finland leaves Turku."
    )
    told = [f.matters[1] for f in deadlocks(corpus) if f.kind == CONDITION]
    assert set(told) == {"Norway pays the fees and that Finland leaves Turku"}


def test_a_name_that_was_cut_goes_on_in_the_words_of_the_text(read_in):
    corpus = read_in(
        "Sweden will reopen its northern fishing ports to Danish and Finnish trawlers only if Norway pays the fees. "
        "Norway refused to pay the fees."
    )
    (told,) = [f.explanation for f in deadlocks(corpus) if f.kind == CONDITION]
    assert "“Sweden will reopen its northern fishing ports to Danish and Finnish trawlers”" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Sweden said it would not open the port until Norway pays the fees.",
            "“it would not open the port” until “Norway pays the fees”, for Sweden (open).",
        ),
        (
            "Sweden said that all the fees of the winter must be paid before it would open the port.",
            "“all the fees of the winter must be paid” before “it would open the port”, for Sweden (open).",
        ),
        (
            "Envoy Ana Paz warned the survey, which began in May, may not be able to go on as long as mines are there.",
            "“survey may not be able to go on” is what Ana Paz warns of as long as “mines are there”.",
        ),
        (
            "Sweden will keep the port open as long as Norway pays the fees.",
            "“Sweden will keep the port open” as long as “Norway pays the fees”, for Sweden (open).",
        ),
    ],
)
def test_a_condition_is_told_with_the_words_that_join_it(read_in, text, told):
    assert [f.explanation for f in deadlocks(read_in(text)) if f.kind == CONDITION] == [told]


def test_what_several_unnamed_officials_say_frees_nothing_else(made):
    def unnamed(*names):
        moves = (
            Move(name, "conditionsOn", f"{number}-day truce", condition="5-bank loan", actor_type="Person")
            for number, name in enumerate(names)
        )
        return kinds(deadlocks(made(*moves)))

    assert KEY not in unnamed("Another official", "Another diplomat")
    assert KEY in unnamed("Roe", "Poe")


def test_unless_is_not_only_if(read_in):
    corpus = read_in("Sweden will close the port unless Norway pays the fees.")
    found = deadlocks(corpus)
    assert KEY not in kinds(found)
    assert all("unless" in f.explanation for f in found if f.kind == CONDITION)


def test_no_deadlock_without_a_circle(made):
    corpus = made(on("A", "1-day truce", "2-day truce"), on("B", "2-day truce", "3-day truce"))
    assert DEADLOCK not in kinds(deadlocks(corpus))
    negative = made(on("A", "1-day truce", "2-day truce"), on("B", "2-day truce", "1-day truce", polarity="negative"))
    assert DEADLOCK not in kinds(deadlocks(negative))


def test_a_chain_to_what_somebody_refuses(made):
    corpus = made(
        on("A", "1-day truce", "2-year pullout"),
        on("B", "2-year pullout", "3-power guarantee"),
        Move("C", "rejects", "3-power guarantee"),
    )
    (chain,) = [f for f in deadlocks(corpus) if f.kind == BLOCKED]
    assert chain.matters == ("1-day truce", "2-year pullout", "3-power guarantee")
    assert chain.explanation.endswith("which C refuses.")
    assert len(chain.evidence) == 3


def test_what_is_met_blocks_nothing(made):
    corpus = made(
        on("A", "1-day truce", "2-year pullout"),
        Move("B", "rejects", "2-year pullout", day="2024-01-01"),
        Move("B", "signs", "2-year pullout", day="2024-05-01"),
    )
    found = deadlocks(corpus)
    assert BLOCKED not in kinds(found)
    assert KEY not in kinds(found)
    assert "(met)" in next(f for f in found if f.kind == CONDITION).explanation


def test_what_would_free_most(made):
    corpus = made(
        on("A", "1-day truce", "5-bank loan"),
        on("B", "2-day truce", "5-bank loan"),
        on("C", "3-day truce", "1-day truce"),
        on("C", "4-day truce", "5-bank loan"),
        on("C", "4-day truce", "6-bank loan"),
    )
    best = next(f for f in deadlocks(corpus) if f.kind == KEY)
    assert (best.matters[0], best.weight) == ("5-bank loan", 3)


def test_demands_that_undo_each_other(read_in):
    corpus = read_in(
        "Sweden called on Norway to lift the naval blockade.\n\nDenmark called on Norway to keep the naval blockade."
    )
    (found,) = [f for f in deadlocks(corpus) if f.kind == EXCLUSIVE]
    assert set(found.parties) == {"Sweden", "Denmark"}


# Life cycles.


def test_of_one_day_what_is_proposed_comes_first(made):
    corpus = made(
        *(Move("A", relation, "1-point plan", day="2024-01-01") for relation in ("signs", "supports", "proposes"))
    )
    (life,) = life_cycles(corpus)
    assert [step.step for step in life.steps] == ["proposed", "supported", "signed"]


def test_the_life_of_what_has_no_name_is_weak(read_in):
    corpus = read_in("Fish\n\nSweden signed the agreement.", "Fish\n\nPeru signed the fishing treaty.")
    assert {c.label: is_weak(c) for c in life_cycles(corpus)} == {"agreement": True, "fishing treaty": False}


@pytest.mark.parametrize(
    "name",
    [
        "the terms of a draft resolution",
        "Peru-Chile cease-fire",
        "the 2nd summit",
        "a free trade agreement (FTA)",
        "Peru’s 1,500 families",
        "six-week truces",
        "the dying talks",
        "three rounds of skies",
        "to lift the U.S.-backed ban",
        "the co-ordinator’s plan",
        "the crisis of the ferry",
    ],
)
def test_a_name_has_no_head_that_it_cannot_begin(knowledge, name):
    heads = phrase(name, knowledge).heads
    assert heads and all(may_begin(name, first_words([head])) for head in heads)
    assert not may_begin("the treaty of the mediators", first_words(["resolut", "cease-fir", "claus"]))


def test_a_name_gives_the_lives_of_all_that_is_called_so(tmp_path):
    (tmp_path / "ban.txt").write_text("Fish\n\nPeru enacted the embargo. Chad enacted an embargo on cod from Norway.")
    kgraph("build", tmp_path / "ban.txt", "-o", tmp_path / "out")
    told = kgraph("lifecycle", "embargo", "--store", tmp_path / "out" / "store").stdout
    assert "embargo on cod" in told


def test_what_is_not_shown_reads_no_text(made):
    later = Move("B", "proposes", "1-point plan", reported="2024-05-16")
    corpus = made(Move("A", "proposes", "1-point plan"), later)
    (first, _), lives, ties = positions(corpus, by_matter=True), life_cycles(corpus), blocs(corpus).ties
    assert lives and ties
    assert "texts" not in vars(corpus)
    assert first.parts[0].evidence[0].quote == "A proposes 1-point plan"
    assert "texts" not in vars(corpus)
    assert first.parts[0].evidence[0].after == "."
    assert "texts" in vars(corpus)


def test_life_cycles(made):
    corpus = made(
        Move("A", "proposes", "1-point plan", day="2024-01-01"),
        Move("B", "rejects", "1-point plan", day="2024-02-01"),
        Move("A", "proposes", "2-point plan", day="2024-01-01"),
        Move("B", "rejects", "2-point plan", day="2024-02-01"),
        Move("B", "agreesTo", "2-point plan", day="2024-03-01"),
        Move("A", "proposes", "3-point plan", day="2024-01-01"),
        Move("A", "withdrawsFrom", "3-point plan", day="2024-02-01"),
        Move("A", "signs", "4-point plan", day="2024-01-01"),
        Move("B", "violates", "4-point plan", day="2024-02-01"),
        Move("A", "signs", "5-point plan", day="2024-01-01"),
        Move("B", "signs", "5-point plan", day="2024-01-01"),
        Move("A", "signs", "7-point plan", day="2024-01-01"),
        Move("B", "violates", "7-point plan", day="2024-02-01", speaker="A"),
        Move("C", "callsFor", "6-point plan"),
        Move("A", "enacts", "8-point plan", day="2024-01-01"),
        Move("A", "signs", "9-point plan", day="2024-01-01"),
        Move("A", "withdrawsFrom", "9-point plan", day="2024-02-01"),
    )
    states = {c.label: c.state for c in life_cycles(corpus)}
    assert states == {
        "1-point plan": "blocked",
        "2-point plan": "alive",
        "3-point plan": "dead",
        "4-point plan": "broken",
        "5-point plan": "signed",
        "6-point plan": "alive",
        "7-point plan": "signed",
        "8-point plan": "enacted",
        "9-point plan": "left",
    }
    why = {c.label: c.why for c in life_cycles(corpus)}
    assert why["1-point plan"] == "B rejected it; no later acceptance was recognised."
    assert why["2-point plan"] == "No refusal of it was recognised."
    assert why["5-point plan"] == "A and B signed it."
    assert why["7-point plan"] == "A signed it; A says that B broke it."
    (one,) = [c for c in life_cycles(corpus, [f"{KG}plan/2-point-plan"])]
    assert [(s.step, s.party) for s in one.steps] == [("proposed", "A"), ("rejected", "B"), ("accepted", "B")]


def test_signed_is_only_what_a_clause_says_was_signed(read_in):
    corpus = read_in(
        "On 4 May 2024, Peru and Chile signed the Lima Accord.",
        "On 4 May 2024, Peru and Chile concluded the Quito Accord.",
    )
    lives = {c.label: (c.state, c.why) for c in life_cycles(corpus)}
    assert lives == {
        "Lima Accord": ("signed", "Chile and Peru signed it."),
        "Quito Accord": ("concluded", "Chile and Peru concluded it; no signature was recognised."),
    }


def test_who_signs_for_a_state_that_is_named_is_not_named_besides(read_in):
    corpus = read_in(
        "On 4 May 2024, Peru and Chile signed the Lima Accord. "
        "The Lima Accord was signed by Peruvian Trade Minister Ana Roe and his Chilean counterpart Juan Poe.",
        "On 4 May 2024, Peru signed the Quito Accord. The Quito Accord was signed by Chilean minister Juan Poe.",
    )
    assert {c.label: c.why for c in life_cycles(corpus)} == {
        "Lima Accord": "Chile and Peru signed it.",
        "Quito Accord": "Juan Poe and Peru signed it.",
    }


def test_extended_is_what_a_clause_says_was_extended(read_in):
    corpus = read_in(
        "On 4 May 2024, Peru and Chile signed the Lima truce. On 6 June 2025, Peru and Chile extended the Lima truce.",
        "On 4 May 2024, Peru and Chile signed the Quito truce. On 6 June 2025, Peru agreed to extend the Quito truce.",
        "On 4 May 2024, Peru and Chile extended the Cuzco truce. On 6 June 2025, Peru and Chile signed the Cuzco truce.",
    )
    lives = {c.label: c for c in life_cycles(corpus, {matter(s) for s in corpus.statements.values()})}
    lima, quito, cuzco = (lives[f"{town} truce"] for town in ("Lima", "Quito", "Cuzco"))
    assert (lima.state, lima.why) == ("extended", "Chile and Peru extended it.")
    assert [step.step for step in lima.steps] == ["signed", "signed", "extended", "extended"]
    assert (quito.state, cuzco.state) == ("signed", "signed")


def test_a_life_of_one_step_is_weak(made):
    corpus = made(
        Move("A", "callsFor", "1-point plan"),
        Move("A", "proposes", "2-point plan"),
        Move("B", "supports", "2-point plan"),
    )
    assert {c.label: c.score for c in life_cycles(corpus)} == {"1-point plan": 0.4, "2-point plan": 0.8}


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Peru and Chile signed the Lima accord. Brazil rejected the Lima accord.", 1.0),
        ("Peru and Chile signed the Lima accord.", 0.6),
        ("Peru rejected the Lima accord.", 0.5),
        ("Peru accepted the Lima accord.", 0.5),
        ("Two ministers signed the Lima accord.", 0.33),  # nobody can tell who
        ("Peru imposed sanctions on Chile.", 0.55),
        ("Peru imposed new trade sanctions.", 0.4),  # nor on whom
    ],
)
def test_what_a_life_is_worth(read_in, text, worth):
    (life,) = life_cycles(read_in(text))
    assert life.score == pytest.approx(life.confidence * worth, abs=0.01)


def test_what_is_extended_to_others_lasts_no_longer(read_in):
    corpus = read_in("Peru extended its embargo to other states.", "Peru and Chile extended the Lima truce to Monday.")
    lives = life_cycles(corpus, {matter(s) for s in corpus.statements.values()})
    assert sorted(life.state for life in lives) == ["enacted", "extended"]


def test_a_plan_is_superseded_by_its_proposers_next(read_in):
    corpus = read_in(
        "On 3 May 2024, Sweden proposed the 9-point ceasefire plan.",
        "On 3 July 2024, Sweden proposed the 5-point ceasefire plan.",
    )
    assert {c.label: c.state for c in life_cycles(corpus)} == {
        "9-point ceasefire plan": "superseded",
        "5-point ceasefire plan": "alive",
    }


def test_a_later_yes_of_any_kind_lifts_a_no(made):
    corpus = made(
        Move("A", "proposes", "1-point plan", day="2024-01-01"),
        Move("B", "rejects", "1-point plan", day="2024-02-01"),
        Move("B", "supports", "1-point plan", day="2024-03-01"),
    )
    assert [c.state for c in life_cycles(corpus)] == ["alive"]


def test_withdrawn_and_proposed_again_is_not_dead(made):
    corpus = made(
        Move("A", "proposes", "1-point plan", day="2024-01-01"),
        Move("A", "withdrawsFrom", "1-point plan", day="2024-02-01"),
        Move("A", "proposes", "1-point plan", day="2024-03-01"),
    )
    assert [c.state for c in life_cycles(corpus)] == ["alive"]


def test_a_draft_may_be_the_one_that_was_refused(made):
    moves = [
        Move("A", "proposes", "fishing plan", day="2024-01-01"),
        Move("B", "supports", "fishing plan", day="2024-02-01"),
    ]
    refused = [Move("C", "rejects", "parts of the disputed plan", day="2024-03-01")]
    (alone,) = life_cycles(made(*moves))
    lives = {life.label: life for life in life_cycles(made(*moves, *refused))}
    assert alone.state == lives["fishing plan"].state == "alive"
    assert lives["fishing plan"].score == pytest.approx(alone.score / 2, abs=0.01)


def test_what_nobody_has_done_anything_about_is_weak(made):
    (life,) = life_cycles(
        made(
            Move("A", "proposes", "fishing plan", modality="possible", day="2024-01-01"),
            Move("B", "supports", "fishing plan", modality="planned", day="2024-01-02"),
        )
    )
    assert life.state == "alive" and is_weak(life)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ("Chad and Peru concluded the agreement.", ["agreement"]),  # its parties tell which
        ("The guerrillas and the herders concluded the agreement.", []),
        ("Chad concluded the agreement.", []),  # with whom?
        ("Chad and Peru accepted the agreement.", []),
        ("Chad signed other deals.", []),  # others than which?
    ],
)
def test_who_concluded_it_tells_which_agreement(read_in, texts, shown):
    lives = life_cycles(read_in(f"Fish\n\n{texts}"))
    assert [life.label for life in lives if not is_weak(life)] == shown


def test_a_truce_lives_once_something_became_of_it(read_in):
    corpus = read_in(
        "Fish\n\nChad and Peru have extended the fishing truce.",
        "Cod\n\nSweden called for a truce on the northern lakes.",
    )
    assert [(life.label, life.state) for life in life_cycles(corpus)] == [("fishing truce", "extended")]


# Blocs.


def test_congruence_and_conflict(made):
    corpus = made(
        Move("A", "proposes", "1-point plan"),
        Move("B", "supports", "1-point plan"),
        Move("C", "rejects", "1-point plan"),
        Move("A", "rejects", "2-point plan"),
        Move("B", "rejects", "2-point plan"),
        Move("D", "claims", "9 tanks", value=9, counted="tanks"),
    )
    found = blocs(corpus)
    ties = {(t.one_label, t.other_label): (t.congruence, t.conflict) for t in found.ties}
    assert ties == {("A", "B"): (2, 0), ("A", "C"): (0, 1), ("B", "C"): (0, 1)}
    assert [community.members for community in found.communities] == [("A", "B")]
    assert network(found).edges[f"{KG}state/a", f"{KG}state/b"]["weight"] == 2


def test_a_party_on_both_sides_has_no_stance(made):
    assert (
        blocs(
            made(
                Move("A", "proposes", "1-point plan"),
                Move("A", "rejects", "1-point plan"),
                Move("B", "proposes", "1-point plan"),
            )
        ).ties
        == ()
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Sweden and Norway rejected the 9-point plan. Peru and Chad supported the 9-point plan.",
            ["Chad and Peru on one side and Norway and Sweden on the other differ on 1 matter (“9-point plan”)"],
        ),
        ("Sweden rejected the 9-point plan. Norway supported the 9-point plan.", ["Norway and Sweden are on opposite"]),
        # A minister speaks for his state.
        ("Peru signed the 9-point plan. Peruvian Trade Minister Ana Roe rejected the 9-point plan.", []),
        ("Foreign Minister Ana Roe offered to resign over cod. President Poe rejected her offer to resign.", []),
    ],
)
def test_ties_are_told_once(read_in, text, told):
    strong = [tie for tie in blocs(read_in(f"Plans\n\n{text}")).findings if not is_weak(tie)]
    found = [answer.explanation for answer in answers(strong)]
    assert len(found) == len(told) and all(one.startswith(begun) for one, begun in zip(found, told, strict=True)), found


def test_who_acts_for_a_party_is_not_counted_besides(read_in):
    ties = blocs(
        read_in(
            "Plans are discussed\n\nPeru and Norway rejected the 9-point plan. "
            "Peruvian Trade Minister Ana Roe rejected the 9-point plan."
        )
    ).ties
    assert [(tie.one_label, tie.other_label) for tie in ties] == [("Norway", "Peru")]


def test_two_reports_of_one_refusal_make_no_bloc(read_in):
    reports = [
        f"Plans are discussed\n\n{day}Peru and Norway rejected the {name} plan."
        for name in ("9-point", "8-point")
        for day in ("", "On Monday, ")
    ]
    found = blocs(read_in(*reports))
    assert found.ties and not found.communities


def test_doubtful_ties_make_no_community(made):
    moves = [Move(who, "rejects", f"{n}-point plan") for who in "AB" for n in (1, 2)]
    corpus = made(*moves)
    assert blocs(corpus).communities
    doubtful = copy(corpus)
    doubtful.statements = {i: replace(s, confidence=0.3) for i, s in corpus.statements.items()}
    assert not blocs(doubtful).communities


def test_one_sentence_counts_once(read_in):
    corpus = read_in("Sweden and Norway rejected the 9-point plan and the 8-point plan.")
    (tie,) = blocs(corpus).ties
    assert (tie.congruence, tie.conflict) == (1, 0)


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Sweden and Norway rejected the 9-point plan.\n\nSweden and Norway rejected the 8-point plan.", 0.3),
        (
            "Sweden rejected the 9-point plan. Norway rejected the 9-point plan.\n\n"
            "Sweden rejected the 8-point plan. Norway rejected the 8-point plan.",
            1.0,
        ),
        ("Sweden rejected the 9-point plan. Norway supported the 9-point plan.", 0.8),
        ("Sweden rejected the 9-point plan. Norway rejected the 9-point plan.", 0.4),
        (
            "Other countries rejected the 9-point plan. Norway rejected the 9-point plan.\n\n"
            "Other countries rejected the 8-point plan. Norway rejected the 8-point plan.",
            0.4,
        ),
    ],
    ids=["named together", "each alone", "one conflict", "one agreement", "nobody's name"],
)
def test_what_a_tie_is_worth(read_in, text, worth):
    (tie,) = blocs(read_in(f"Plans are discussed\n\n{text}")).ties
    assert tie.score == pytest.approx(tie.confidence * worth, abs=0.01)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sweden and Norway rejected the 9-point plan.\n\nSweden and Norway rejected the 8-point plan.", []),
        ("Sweden rejected the 9-point plan. Norway rejected the 9-point plan.", []),
        (
            "Sweden rejected the 9-point plan. Norway rejected the 9-point plan.\n\n"
            "Sweden rejected the 8-point plan. Norway rejected the 8-point plan.",
            [("Norway", "Sweden")],
        ),
    ],
    ids=["named together", "one agreement", "each alone"],
)
def test_weak_ties_make_no_community(read_in, text, expected):
    found = blocs(read_in(f"Plans are discussed\n\n{text}")).communities
    assert [community.members for community in found] == expected
    assert all(f" in “{community.negotiation}”: Norway" in str(community) for community in found)


def test_opposed_camps_are_never_one_community(made):
    """A and B are rivals, whoever else agrees with both."""
    moves = [Move(who, "supports", f"{n}-point plan") for who in ("A", "C") for n in (1, 2, 3)]
    moves += [Move(who, "supports", f"{n}-point deal") for who in ("B", "C") for n in (4, 5, 6)]
    moves += [Move("A", "rejects", "7-point plan"), Move("B", "supports", "7-point plan")]
    found = blocs(made(*moves))
    assert all(not {"A", "B"} <= set(community.members) for community in found.communities)
    assert len(found.communities) == 1


# Change.


def test_changes(made):
    old = made(Move("A", "proposes", "1-point plan", day="2024-01-01"))
    new = made(
        Move("A", "proposes", "1-point plan", day="2024-01-01"),
        Move("A", "rejects", "1-point plan", day="2024-02-01"),
        on("B", "1-day truce", "2-year pullout"),
    )
    found = [(c.kind, c.sort) for c in changes(old, new)]
    assert found[0] == ("stance", "changed")
    assert ("actor", "new") in found
    assert ("stance", "changed") in found
    assert ("condition", "new") in found
    assert found.count(("statement", "new")) == 2
    assert changes(new, new) == []
    assert {c.sort for c in changes(new, old)} == {"gone", "changed"}


@pytest.mark.parametrize("several", [True, False])
def test_only_what_differs_is_compared_and_nothing_is_missed(made, monkeypatch, several):
    """With and without leaving all else out, the changes are the same, in one negotiation and in several."""

    def parted(moves: list[Move]) -> Corpus:
        found = made(*moves).graph
        statements = [replace(s, negotiation=f"kg:{matter(s)[-1:]}") for s in found.statements()]
        return Corpus(Graph(found.store, found.knowledge, statements if several else found.statements()))

    for seed in range(3):
        moves = planted_moves(150, hidden=3, seed=seed)[0]
        of_one, of_other = moves[seed], next(m for m in moves[seed:] if m.condition)
        more = (on("B", of_other.matter, of_other.condition), Move(of_one.actor, "rejects", of_one.matter))
        old, new = parted(moves), parted([*moves, *more])
        touched = touched_by(old, new, Apart.of(old, new))
        around = around_conditions(old, new, touched)[1], around_contradictions(old, new, touched)[1]
        assert all(0 < len(corpus.statements) < len(new.statements) / 2 for corpus in around)
        found = changes(old, new)
        assert "condition" in {c.kind for c in found}
        with monkeypatch.context() as patched:
            patched.setattr(change, "around_conditions", lambda old, new, _: (old, new))
            patched.setattr(change, "around_contradictions", lambda old, new, _: (old, new))
            assert changes(old, new) == found


def test_builds_with_the_same_digests_are_not_looked_at(seeds, monkeypatch):
    monkeypatch.setattr(Apart, "of", lambda *_: pytest.fail("they were compared"))
    assert changes(Corpus(open_build(seeds.folder)), Corpus(open_build(seeds.folder))) == []


def test_a_correction_is_a_change(made):
    old, new = (
        made(Move("A", "rejects", "1-point plan")),
        made(Move("A", "rejects", "1-point plan", modality="possible")),
    )
    assert {(c.kind, c.sort) for c in changes(old, new)} >= {("stance", "gone")}


def test_the_patch_turns_the_old_into_the_new(made):
    old, new = made(Move("A", "proposes", "1-point plan")), made(Move("B", "rejects", "1-point plan"))
    lines = patch(old.graph.store, new.graph.store).decode().splitlines()
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    found = {str(q) for q in old.graph.store}
    for line in lines[1:-1]:
        (quad,) = pyoxigraph.parse(line[2:], pyoxigraph.RdfFormat.N_QUADS)
        found = found - {str(quad)} if line.startswith("D") else found | {str(quad)}
    assert found == {str(q) for q in new.graph.store}


# The seeds, and the forms.


def test_the_seeds_have_their_conditions_with_sentences(seed_corpus):
    found = {f.explanation: f for f in deadlocks(seed_corpus)}
    decree = next(f for e, f in found.items() if "for Russia" in e and "decree" in e)
    talks = next(f for e, f in found.items() if "for Russia" in e and "resumption of dialogue" in e)
    threat = next(f for e, f in found.items() if "is what Vladimir Putin warns of if" in e)
    for finding in (decree, talks, threat):
        (evidence,) = finding.evidence
        assert seed_corpus.texts[evidence.document][evidence.start : evidence.end] == evidence.quote
    assert decree.evidence[0].speakers == ("Dmitry Peskov",)


def test_the_seeds_dispute_a_figure(seed_corpus):
    found = contradictions(seed_corpus)
    (dispute,) = [c for c in found if c.kind == FIGURES and c.comparable]
    assert dispute.values == ("43,000", "more than 65,285")
    assert dispute.intervals == ((43_000, 43_000), (65_285, None))
    assert any(not c.comparable for c in found)


def test_the_plan_of_the_seeds_is_blocked(seed_corpus):
    (plan,) = [c for c in life_cycles(seed_corpus) if c.label == "20-point peace plan"]
    assert (plan.state, [s.party for s in plan.steps]) == ("blocked", ["Volodymyr Zelensky", "Russia"])


def every(seed_corpus):
    return [
        positions(seed_corpus),
        positions(seed_corpus, silent=True),
        contradictions(seed_corpus),
        deadlocks(seed_corpus),
        life_cycles(seed_corpus),
        list(blocs(seed_corpus).ties),
    ]


def test_every_row_carries_its_evidence_in_every_form(seed_corpus):
    for results in every(seed_corpus):
        assert results
        for answer in answers(results):
            assert answer.evidence or answer.columns.get("stance") == "silent" or answer.columns.get("state") == "alive"
            for e in answer.evidence:
                text = seed_corpus.texts[e.document]
                assert text[e.start : e.end] == e.quote
        rows = list(csv.DictReader(io.StringIO(as_csv(answers(results)).decode(), newline="")))
        assert all(row["quote"] or "silent" in row.values() or "alive" in row.values() for row in rows)
        parsed = json.loads(as_json(results))
        assert len(parsed) == len(results)
        assert all(item["explanation"].endswith(".") for item in parsed)
        assert as_text(answers(results)).count("\n") > len(results)


def test_findings_are_rdf_in_the_ontologys_terms(seed_corpus, store):
    for results in every(seed_corpus):
        turtle = as_rdf(answers(results))
        assert as_rdf(answers(results)) == turtle
        rests = [
            t.object
            for t in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
            if t.predicate.value.endswith("#restsOn")
        ]
        assert all(next(iter(store.quads_for_pattern(statement, None, None, None)), None) for statement in rests)
        assert validate_turtle(turtle) == []


def test_commands(seeds, tmp_path):
    store = ("--store", seeds.folder)
    assert "rejects “20-point peace plan” (reported)" in kgraph("positions", "--actor", "Moscow", *store).stdout
    early = kgraph("positions", "--issue", "ceasefire", "--as-of", "2025-12-28", *store)
    assert (early.stdout, early.returncode) == ("", 0)
    assert "Nothing found. Compared: " in early.stderr
    assert "ceasefire" in kgraph("positions", "--issue", "ceasefire", "--as-of", "2025-12-31", *store).stdout
    assert "43,000" in kgraph("contradictions", "--weak", "-f", "csv", *store).stdout
    assert "rescind his decree" in kgraph("deadlocks", "--weak", *store).stdout
    assert "blocked" in kgraph("lifecycle", "20-point", *store).stdout
    assert "neg:Finding" in kgraph("lifecycle", "--rdf", *store).stdout
    out = tmp_path / "blocs.gexf"
    assert kgraph("blocs", "-f", "gexf", "-o", out, *store).returncode == 0
    assert networkx.read_gexf(out).number_of_nodes() > 3
    assert kgraph("positions", "--reversals", *store).returncode == 0
    assert kgraph("diff", seeds.folder, seeds.folder).returncode == 0


def test_findings_are_cut_and_summed_up(seeds):
    store = ("--store", seeds.folder)
    text = kgraph("contradictions", "--weak", "--limit", "1", *store).stdout
    assert text.startswith("The first 1 of 3 findings (contradiction in figures: 1). Compared: ")
    strong = kgraph("contradictions", *store).stdout
    assert strong.startswith("1 finding (contradiction in figures: 1); 2 weak ones left out (--weak). Compared: ")
    assert "not comparable" not in strong
    sure = kgraph("contradictions", "--min-confidence", "0.99", *store)
    assert (sure.stdout, sure.stderr) == ("", "Nothing found. Compared: 0 statements by 0 parties about 0 matters.\n")


def test_one_negotiation_alone(seeds):
    store = ("--store", seeds.folder)
    assert "20-point peace plan" in kgraph("positions", "--negotiation", "Peace settlement", *store).stdout
    refused = kgraph("positions", "--negotiation", "Fishing rights", *store)
    assert (refused.returncode, "unknown negotiation" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "kept", "left_out"),
    [
        (("query", "who-rejected-what", "-f", "csv"), "port toll", "fishing quota"),
        (("export", "-f", "csv"), "port toll", "fishing quota"),
        (("contradictions", "--weak"), "Compared: 1 statement", "Compared: 2"),
    ],
)
def test_any_command_takes_one_of_several_negotiations(tmp_path, arguments, kept, left_out):
    texts = {"Toll": "Norway rejected the port toll.", "Fish": "Sweden rejected the fishing quota."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"negotiation": f"{name} talks"}), encoding="utf-8")
    build([tmp_path], tmp_path / "out")
    told = kgraph(*arguments, "--negotiation", "Toll talks", "--store", tmp_path / "out")
    assert kept in told.stdout + told.stderr
    assert left_out not in told.stdout + told.stderr


def test_a_page_of_one_negotiation_says_so(tmp_path, seeds):
    assert kgraph("view", "--negotiation", "Peace settlement", "-o", tmp_path, "--store", seeds.folder).returncode == 0
    (told,) = [n for n in Columns(seeds.store, whole=True).subjects(iri("rdf:type"), Term.Negotiation)]
    assert "Peace settlement" in page_data(seeds, Selection(negotiation=told)).excerpt
    assert not page_data(seeds, Selection(negotiation=f"{told}-other")).statements


def test_diff_exits_with_one(seeds, tmp_path):
    from kgraph.build.pipeline import build

    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    result = kgraph("diff", seeds.folder, tmp_path / "out", "-f", "json")
    assert result.returncode == 1
    assert {c["sort"] for c in json.loads(result.stdout)} == {"new", "gone"}
    assert kgraph("diff", seeds.folder, tmp_path / "out", "-f", "patch").stdout.startswith("TX .")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["positions", "--actor", "Zelenskee"], "did you mean"),
        (["positions", "--issue", "weather"], "unknown issue"),
        (["positions", "--as-of", "yesterday"], "write 2025-12-31"),
        (["positions", "--by", "week"], "month"),
        (["positions", "--reversals", "--as-of", "2024"], "do not go together"),
        (["positions", "--issue", "ceasefire", "--matters"], "do not go together"),
        (["contradictions", "-f", "xml"], "unknown format"),
        (["lifecycle", "nothing like it"], "unknown matter"),
        (["diff", "nowhere", "nowhere"], "no such folder"),
    ],
)
def test_wrong_input_is_one_line(seeds, arguments, message):
    result = kgraph(*arguments, *(() if arguments[0] == "diff" else ("--store", seeds.folder)))
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
