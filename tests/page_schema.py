"""The JSON Schema of the page's data, from which the front end's types are made: `python -m tests.page_schema --write`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kgraph.views.contract import page_schema

PATH = Path(__file__).parent.parent / "frontend" / "page-data.schema.json"


def as_text() -> str:
    """The schema as the file holds it."""
    return json.dumps(page_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__" and "--write" in sys.argv:
    PATH.write_text(as_text(), encoding="utf-8")
