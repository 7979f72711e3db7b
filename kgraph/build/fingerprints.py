"""What a file holds, told without reading it again as long as the system says that nobody wrote to it.

A file's times alone do not tell: make takes any file with an old time for unchanged, also one that was put back from a
backup; and who writes twice within one tick of the clock leaves the time as it was. As git does with its index
(Documentation/technical/racy-git), size, both times and the number of the file are kept beside its digest, and are
believed only where the last change lay well before the moment of looking. Everything else is read and compared by
digest: what is "racily clean" in git's words, what has a time in the future, what was moved or restored. The time of
change (ctime) can be set by no program, so that a preserved time of modification hides nothing.

The times come from the file system. A network drive whose clock is more than ``MARGIN`` behind, and that counts in
seconds, can hide a second change within the same second.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# Nanoseconds: the coarsest clock of a file system in use (FAT) counts in two seconds.
MARGIN = 2_000_000_000


@dataclass(frozen=True)
class Fingerprint:
    """The SHA-256 of a file, and the size, times (ns) and number that it had; None where these do not yet tell."""

    sha256: str
    state: tuple[int, int, int, int] | None = None


# By path; None for a file that is not there.
Fingerprints = Mapping[str, Fingerprint | None]
_NONE: Fingerprints = {}


def fingerprints(paths: Iterable[str | Path], before: Fingerprints = _NONE) -> dict[str, Fingerprint | None]:
    """The fingerprints of files by path; a digest is taken over from ``before`` where the file has not been touched.

    Raises OSError for a file that is there and cannot be read.
    """
    return {str(path): _fingerprint(str(path), before.get(str(path))) for path in paths}


def same_content(one: Fingerprints, other: Fingerprints) -> bool:
    """Whether the same files are there, with the same bytes."""
    return _digests(one) == _digests(other)


def _digests(found: Fingerprints) -> dict[str, str | None]:
    return {path: None if entry is None else entry.sha256 for path, entry in found.items()}


def _fingerprint(path: str, before: Fingerprint | None) -> Fingerprint | None:
    now = time.time_ns()
    try:
        found = os.stat(path)
        state = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        if before is not None and before.state == state:
            return before
        # The state is that of before the reading: what is written meanwhile changes it.
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    settled = max(found.st_mtime_ns, found.st_ctime_ns) + MARGIN < now
    return Fingerprint(digest, state if settled else None)
