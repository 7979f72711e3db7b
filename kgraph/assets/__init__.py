"""Front-end libraries that the pages carry: fetched from npm when the package is built, see setup.py."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kgraph.errors import KGraphError


class MissingAssetError(KGraphError, FileNotFoundError):
    """A front-end library was not fetched when this copy of the package was built."""


def asset(name: str) -> Path:
    """The file of a front-end library; raises MissingAssetError where the package was built without it."""
    path = Path(str(files("kgraph.assets"))) / "vendor" / name
    if not path.is_file():
        raise MissingAssetError(
            f"{path}: the pages' libraries are missing; install kgraph again with `pip install .`, which fetches them"
        )
    return path
