"""A few rounds of what ``make soak`` and ``make fuzz`` do for long."""

from __future__ import annotations

import pytest

from tests.fuzz import SEEDS, TARGETS, tried
from tests.soak import damage_files, kill_builds


@pytest.mark.slow
def test_damaged_files_lose_nothing(tmp_path):
    counts = damage_files(tmp_path, rounds=12, seed=7)
    assert sum(counts.values()) == 12
    assert counts["mended"] > 0


@pytest.mark.slow
def test_killed_builds_are_the_old_or_the_new_one(tmp_path):
    assert set(kill_builds(tmp_path, rounds=6, seed=7)) <= {"one", "two"}


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_fuzzed_is_read_as_it_is_and_refused_when_it_is_broken(target, tmp_path):
    for seed in SEEDS[target]:
        TARGETS[target](seed, tmp_path)  # nothing of ours is raised for a sound one
        for cut in range(0, len(seed), 7):
            tried(target, seed[:cut] + b"\xed\xa0\x80{[" + seed[cut + 1 :], tmp_path)
    assert SEEDS[target]


def test_the_fuzzed_targets_would_show_what_is_no_error_of_ours(tmp_path, monkeypatch):
    def broken(content, _):
        raise RecursionError(content)

    monkeypatch.setitem(TARGETS, "cached", broken)
    with pytest.raises(RecursionError):
        tried("cached", b"[", tmp_path)
