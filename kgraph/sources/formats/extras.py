"""Libraries that only some formats need: they are extras, and a missing one is named in one line."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kgraph.errors import DocumentError


def library(module: str, extra: str, name: str) -> ModuleType:
    """A library that reads the file ``name``; raises DocumentError where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        remedy = f'install it: pip install "kgraph[{extra}]"'
        raise DocumentError(name, f"needs the extra {extra!r}, which is not installed", remedy) from error
