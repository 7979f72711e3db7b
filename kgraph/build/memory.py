"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give back what the C library keeps for later: after a step that took much, the next would take as much besides.

    Other libraries than that of GNU do so by themselves, or cannot.
    """
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
