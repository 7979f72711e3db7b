"""One build at a time, and one judgement at a time: locks that the system lets go of when their holder dies.

Who wants to build is refused while another build runs, and told which. Who judges waits for the moment that another
judgement takes to be written, and for no build.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kgraph.errors import StoreError
from kgraph.files import sweep, write_file

LOCK = ".build.lock"
HOLDER = ".build.lock.json"
JUDGING_LOCK = ".judgements.lock"
# Far longer than a judgement takes to be checked and written.
_JUDGING_SECONDS = 60.0


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the right to write into a build's folder; raises StoreError naming the process that has it."""
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(
            f"{folder}: another build is writing here ({_holder(folder)}); wait until it ends, or stop it"
        ) from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        sweep(folder, [HOLDER])
        holder = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "command": " ".join(sys.argv)[:200],
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        write_file(folder / HOLDER, json.dumps(holder).encode())
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


@contextmanager
def judging_lock(folder: Path) -> Iterator[None]:
    """Hold the right to write into the log of judgements, as soon as nobody else does; raises StoreError."""
    lock = FileLock(folder / JUDGING_LOCK, timeout=_JUDGING_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"{folder}: somebody else has been judging here for a minute; try again") from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"{folder}: cannot be written: {error.strerror or error}; choose another folder with -o")


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"process {holder['process']} on {holder['host']}, `{holder['command']}`, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "its process is not known yet"
