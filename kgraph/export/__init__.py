"""A graph in the formats of other tools. Every writer gives the same bytes for the same graph."""

from __future__ import annotations

from pathlib import Path

from kgraph.errors import StoreError, UnknownNameError
from kgraph.export.format import Options
from kgraph.export.registry import FORMATS
from kgraph.files import write_file
from kgraph.rdf.graph import Graph


def export(graph: Graph, form: str, output: str | Path | None = None, options: Options | None = None) -> bytes:
    """The graph in a format; written to ``output``, each file whole or not at all, where given.

    A format of several files needs ``output``, its folder, and gives nothing back. Raises UnknownNameError for a format
    that is not there, StoreError where nothing can be written.
    """
    if form not in FORMATS:
        raise UnknownNameError("format", form, FORMATS)
    content = FORMATS[form].write(graph, options or Options())
    if isinstance(content, bytes):
        if output is not None:
            write_file(Path(output), content)
        return content
    if output is None:
        raise StoreError(f"{form} is several files; name a folder for them")
    _write_folder(Path(output), content)
    return b""


def _write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    for name, content in contents.items():
        write_file(folder / name, content)
