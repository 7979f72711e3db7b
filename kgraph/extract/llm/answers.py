"""Answers that were kept: one file each, named by the digest of what was asked and of the model that was asked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kgraph.errors import StoreError
from kgraph.extract.llm.request import REQUEST_VERSION, Request
from kgraph.files import write_file
from kgraph.identifiers import digest


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A raw answer, with what it answers.

    ``tokens_in`` and ``tokens_out`` are what the service counted (0: unknown).
    """

    document: str
    window: int
    model: str
    request: str
    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    version: str = REQUEST_VERSION


class Answers:
    """The kept answers of one model, in a folder."""

    def __init__(self, folder: Path, model: str) -> None:
        self.folder, self.model = folder, model

    def path(self, request: Request) -> Path:
        """Where the answer to a request is kept."""
        return self.folder / f"{digest(request.digest, self.model)}.json"

    def get(self, request: Request) -> Answer | None:
        """The kept answer to a request, None where there is none; raises StoreError for a damaged file."""
        path = self.path(request)
        try:
            found = Answer(**json.loads(path.read_bytes()))
            if not isinstance(found.text, str):
                raise TypeError("its text is not a string")
            return found
        except FileNotFoundError:
            return None
        except (OSError, TypeError, ValueError) as error:
            raise StoreError(f"{path}: not a kept answer: {error}; remove it, and the model is asked again") from error

    def keep(self, request: Request, text: str, tokens_in: int = 0, tokens_out: int = 0) -> Answer:
        """Keep an answer; raises StoreError where it cannot be written.

        Halves of characters, which no text has, become question marks.
        """
        answer = Answer(
            document=request.window.document.id,
            window=request.window.number,
            model=self.model,
            request=request.digest,
            text=text.encode("utf-8", "replace").decode("utf-8"),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        content = json.dumps(asdict(answer), ensure_ascii=False, indent=1, sort_keys=True)
        write_file(self.path(request), f"{content}\n".encode())
        return answer
