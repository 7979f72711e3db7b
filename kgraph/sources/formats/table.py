"""The table of formats by the ends of file names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kgraph.model.document import Markup
from kgraph.sources.formats.csv_rows import CsvFormat
from kgraph.sources.formats.docx import DocxFormat
from kgraph.sources.formats.feed import FeedFormat
from kgraph.sources.formats.html import HtmlFormat
from kgraph.sources.formats.json_lines import JsonLinesFormat
from kgraph.sources.formats.json_list import JsonFormat
from kgraph.sources.formats.mail import MailboxFormat, MailFormat
from kgraph.sources.formats.packed import SUFFIX, without_packing
from kgraph.sources.formats.pdf import PdfFormat
from kgraph.sources.formats.text import TextFormat
from kgraph.sources.formats.unread import UnreadFormat
from kgraph.sources.formats.warc import WarcFormat
from kgraph.sources.values import RawSource, SourceItem


class Format(Protocol):
    """A kind of file: ``name`` is what it is called in lists, ``suffixes`` are the ends of its files' names."""

    name: str
    suffixes: tuple[str, ...]

    @property
    def most(self) -> int | None:
        """The bytes from which on a file is left out unread; None where it is read piece by piece."""

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """The documents of a file, and the parts of it that are left out.

        Raises DocumentError where the whole file is.
        """


PLAIN_TEXT = TextFormat("text", (".txt",), Markup.plain)
FORMATS: tuple[Format, ...] = (
    PLAIN_TEXT,
    TextFormat("Markdown", (".md", ".markdown"), Markup.markdown),
    HtmlFormat(),
    JsonLinesFormat(),
    JsonFormat(),
    CsvFormat(),
    FeedFormat(),
    WarcFormat(),
    PdfFormat(),
    DocxFormat(),
    MailFormat(),
    MailboxFormat(),
)
_UNREAD = UnreadFormat()
# The ends of files that are named because they are not read.
UNREAD = _UNREAD.suffixes
_OWN = tuple(suffix for form in FORMATS for suffix in form.suffixes)
SUFFIXES = (*_OWN, *(suffix + SUFFIX for suffix in _OWN if not suffix.endswith(SUFFIX) and suffix + SUFFIX not in _OWN))


def format_of(name: str) -> Format:
    """The format of a file by its name, packed or not; plain text where the name does not tell."""
    lower = name.lower() if is_packed_format(name) else without_packing(name.lower())
    return next((form for form in (*FORMATS, _UNREAD) if lower.endswith(form.suffixes)), PLAIN_TEXT)


def is_too_large(path: Path) -> bool:
    """Whether a file is left out for its size, whatever it holds."""
    most = format_of(path.name).most
    is_packed = path.name.lower().endswith(SUFFIX)
    return most is not None and not is_packed and path.stat().st_size > most


def is_packed_format(name: str) -> bool:
    """Whether a file is of a format that is packed itself."""
    return name.lower().endswith(tuple(suffix for suffix in _OWN if suffix.endswith(SUFFIX)))


def without_suffix(name: str) -> str:
    """A file's name without the ends that tell its format and that it is packed."""
    ends = sorted((s for s in SUFFIXES if name.lower().endswith(s) and len(name) > len(s)), key=len)
    return name[: -len(ends[-1])] if ends else name
