"""The pages' scripts, styles and libraries: made of frontend/ when the package is built, see setup.py."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from kgraph.errors import KGraphError


class MissingAssetError(KGraphError, FileNotFoundError):
    """A script, style or library of the pages was not made when this copy of the package was built."""


def asset(name: str) -> Path:
    """A file of the front end; raises MissingAssetError where the package was built without it."""
    path = Path(str(files("kgraph.assets"))) / "vendor" / name
    if not path.is_file():
        raise MissingAssetError(
            f"{path}: the pages' scripts are missing; install kgraph again with `pip install .`, which builds them"
        )
    return path


@cache
def asset_text(name: str) -> str:
    """A script or style of the front end."""
    return asset(name).read_text(encoding="utf-8")
