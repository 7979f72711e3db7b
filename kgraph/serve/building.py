"""A build in a process of its own, as the browser asks for it: pages are answered meanwhile, and no crash of it reaches
the server.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from kgraph.build.pipeline import rebuild
from kgraph.errors import KGraphError
from kgraph.rdf.worker import interpreter

_PROGRAM = "import sys; from kgraph.serve.building import main; sys.exit(main(sys.argv[1]))"
_REFUSED = 2


class BuildProcess:
    """A build of a folder from the documents that it has, with the judgements made since."""

    def __init__(self, folder: Path) -> None:
        self._process = interpreter(_PROGRAM, str(folder), stdout=subprocess.PIPE)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def failure(self) -> str:
        """Why it came to nothing, once it has ended; nothing where it did not fail."""
        said, _ = self._process.communicate()
        code = self._process.returncode
        if code == 0:
            return ""
        if code == _REFUSED and said:
            return said.decode()
        ending = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        return f"the build was ended {ending} before it was done; `kgraph build` says more"

    def stop(self) -> None:
        """End it, wherever it is; the build before is then still there."""
        self._process.terminate()


def main(folder: str) -> int:
    """What the process does: builds, and says on standard output why it cannot."""
    # Ctrl-C is for the server, which then stops its build.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        rebuild(folder)
    except (KGraphError, OSError) as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        return _REFUSED
    return 0
