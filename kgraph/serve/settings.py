"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.rdf.worker import Source

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """``timeout`` in seconds and ``memory`` in megabytes hold for one query, ``rows`` for its answer; ``workers`` quick
    queries run at a time, and as many heavy ones beside them.

    ``hosts`` are the names under which the server may be asked, ``cors`` the web origin whose pages may ask it, if any.
    ``edit`` lets its pages judge; ``user_header`` is the header in which a proxy that authenticates says who asks.
    """

    source: Source
    timeout: float = 30.0
    rows: int = 100_000
    memory: int = 2048
    workers: int = 2
    hosts: tuple[str, ...] = LOOPBACK
    cors: str | None = None
    edit: bool = False
    user_header: str | None = None

    def remedy(self, limit: str) -> str:
        """Which setting to raise after a limit was hit."""
        named = {
            "time": f"--timeout (now {self.timeout:g} seconds)",
            "rows": f"--rows (now {self.rows})",
            "busy": f"--workers (now {self.workers})",
        }
        option = named.get(limit, f"--memory (now {self.memory} megabytes)")
        return f"whoever runs the server can raise {option} of `kgraph serve`; or add a LIMIT, or ask for less"
