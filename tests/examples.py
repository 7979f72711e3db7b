"""How many made examples a test of properties tries."""

from __future__ import annotations

from hypothesis import settings

QUICK = "check"


def examples(many: int) -> settings:
    """So many, and a fifth of them in the quick check of ``make check``."""
    quick = settings.get_current_profile_name() == QUICK
    return settings(max_examples=max(many // 5, 5) if quick else many)
