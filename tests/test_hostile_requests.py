"""What clients do to a server, and that their neighbours are answered meanwhile; ``make soak`` does it for long."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.siege import EXPECTED, HOSTILE, Seen, besiege, hostile, neighbour, server

pytestmark = pytest.mark.slow


def test_sixty_four_hostile_queries(seeds):
    """Each is answered in good order, by an error or not, and the neighbour every time."""
    assert len(set(HOSTILE.values())) == 64
    seen, ended = Seen(), threading.Event()
    with server(seeds.folder, "--timeout", "3", "--memory", "256") as (process, port):
        asking = threading.Thread(target=neighbour, args=(port, seen, ended))
        asking.start()
        with ThreadPoolExecutor(8) as threads:
            for number, text in enumerate(HOSTILE.values()):
                threads.submit(hostile, port, f"127.0.0.{10 + number % 8}", [text], seen, ended)
        ended.set()
        asking.join()
        assert process.poll() is None
    assert seen.unexpected == {}
    hostiles = {status: count for (who, status), count in seen.statuses.items() if who == "hostile"}
    assert sum(hostiles.values()) == 64 and hostiles.keys() <= EXPECTED
    assert seen.statuses["neighbour", 200] > 0


def test_a_short_siege(seeds):
    seen, held = besiege(seeds.folder, 6, 7, "--timeout", "3", "--memory", "256")
    assert seen.unexpected == {}
    assert len(held) >= 2 and max(held) < 1_000_000
