"""A few rounds of what ``make soak`` does for long."""

from __future__ import annotations

import pytest

from tests.soak import damage_files, kill_builds


@pytest.mark.slow
def test_damaged_files_lose_nothing(tmp_path):
    counts = damage_files(tmp_path, rounds=12, seed=7)
    assert sum(counts.values()) == 12
    assert counts["mended"] > 0


@pytest.mark.slow
def test_killed_builds_are_the_old_or_the_new_one(tmp_path):
    assert kill_builds(tmp_path, rounds=6, seed=7) <= {"one", "two"}
