"""Bytes to text: by the byte order mark, the charset that a page declares, UTF-8, and at last by looking at the
bytes."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kgraph.errors import DocumentError

# A page of more than this is a dump or an attack; a book is about a megabyte.
MOST_BYTES = 20_000_000
# What no format for tools can carry, and no reader can see: C0 and C1 controls but tab and line ends, and halves of
# surrogate pairs.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,30})|<meta[^>]{0,200}?charset=["']?([\w.:-]{2,30})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Charsets whose pages really hold their supersets, by the WHATWG's encoding standard.
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
# What Python also knows by name, and no page or letter is written in.
_NO_CHARSETS = frozenset(("punycode", "raw-unicode-escape", "unicode-escape"))
_SNIFFED_BYTES = 40_000
# Ends a printed page, as the form feed does that it was in the file.
PAGE_BREAK = "\u2029"


def check_size(raw: bytes, name: str, remedy: str, most: int = MOST_BYTES) -> bytes:
    """The bytes as they are; raises DocumentError with the remedy for more than ``most``."""
    if len(raw) > most:
        raise DocumentError(name, f"is larger than {most // 1_000_000} MB", remedy)
    return raw


def cleaned(text: str) -> str:
    """The text with a replacement character for each one that cannot be seen; of the same length."""
    return _UNSEEN.sub("\ufffd", text)


def decode(raw: bytes, name: str, declares: bool = False) -> tuple[str, str | None]:
    """The text of some bytes, and the charset where it is not UTF-8.

    ``declares`` says that the text may name its own charset, as pages and XML do. Raises DocumentError for what is
    empty or no text.
    """
    charset = _charset(raw, name, declares)
    try:
        text = raw.decode(charset, "strict" if charset.startswith("utf") else "replace")
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentError(name, f"is not {charset} although it begins like it", "save it as UTF-8") from error
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise DocumentError(name, "the file is empty", "remove it or give it a text")
    return cleaned(text.replace("\f", "\n" if declares else PAGE_BREAK)), None if charset.startswith(
        "utf-8"
    ) else charset


def _charset(raw: bytes, name: str, declares: bool) -> str:
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return charset
    declared = _DECLARED.search(raw[:4096]) if declares else None
    if declared:
        known = known_charset((declared.group(1) or declared.group(2)).decode("ascii", "replace"))
        if known is not None and not known.startswith("utf"):
            return _SUPERSETS.get(known, known)
    if _is_utf_8(raw):
        if b"\x00" in raw[:4096]:
            raise DocumentError(name, "is a binary file, not a text", "remove it, or name only the texts")
        return "utf-8-sig"
    return _sniffed(raw, name)


def known_charset(declared: str) -> str | None:
    """A charset that somebody declares, as Python calls it; None for what is none."""
    try:
        name = codecs.lookup(declared).name
        b"-".decode(declared, "replace")
    except (LookupError, ValueError):  # also for what turns bytes into other bytes, or cannot leave out what is wrong
        return None
    return None if name in _NO_CHARSETS else name


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sniffed(raw: bytes, name: str) -> str:
    """The charset that the bytes look most like; Windows-1252 where they are too few to tell."""
    if b"\x00" in raw[:4096]:
        best = from_bytes(raw[:_SNIFFED_BYTES], cp_isolation=["utf_16_le", "utf_16_be"]).best()
        if best is None:
            raise DocumentError(name, "is a binary file, not a text", "remove it, or name only the texts")
        return best.encoding
    if sum(byte > 127 for byte in raw[:_SNIFFED_BYTES]) < 8:
        return "cp1252"
    best = from_bytes(raw[:_SNIFFED_BYTES]).best()
    return "cp1252" if best is None else best.encoding
