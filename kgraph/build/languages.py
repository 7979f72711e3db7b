"""Languages kept from one build to the next: what the detector found in texts, by their digest.

Most texts say their language, or are plainly English. The detector takes a second to begin, and 25 ms a text.
"""

from __future__ import annotations

import json
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from kgraph.build.cache import code_digest
from kgraph.build.folder import CACHE_FOLDER
from kgraph.files import parse_json, write_file
from kgraph.identifiers import content_digest, digest
from kgraph.sources.screening import detected_language

LANGUAGES = "languages"


class Languages:
    """What the detector found in the texts of a build's folder, and finds in others."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CACHE_FOLDER / LANGUAGES
        self._found: dict[str, str | None] = {}

    def detect(self, text: str) -> str | None:
        """See ``detected_language``; what was found in the same text before is not looked for again."""
        key = digest(text, self._basis)
        self._found[key] = self._before[key] if key in self._before else detected_language(text)
        return self._found[key]

    def keep(self) -> None:
        """Keep what was asked for since, and forget the rest, where something new was asked for; raises StoreError
        where it cannot be written."""
        if self._found.keys() <= self._before.keys():
            return
        content = json.dumps(self._found, sort_keys=True).encode()
        write_file(self._path, b"%s\n%s" % (content_digest(content).encode(), content))

    @cached_property
    def _before(self) -> dict[str, str | None]:
        """What was kept last; nothing where that is nothing, or damaged."""
        try:
            told, _, content = self._path.read_bytes().partition(b"\n")
        except OSError:
            return {}
        known: dict[str, str | None] = parse_json(content) if told == content_digest(content).encode() else {}
        return known

    @cached_property
    def _basis(self) -> str:
        """What the answer depends on besides the text."""
        return digest(code_digest(("sources/screening.py",)), version("langdetect"))
