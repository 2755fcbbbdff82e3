"""The text that a page's bytes spell."""

from __future__ import annotations

import codecs
import re

from auditor.errors import Unreadable
from auditor.reading.plain import scrubbed

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE
)
_META_REACH = 4096  # bytes; browsers look at 1024, pages with long heads need more
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY_SHARE = 0.01
_WORN_SHARE = 0.02
_ENOUGH = 64  # bytes; of fewer a detector can only guess
_OTHER_SCRIPT = 0.2  # of the bytes; European languages in Latin letters have a tenth at most


def text_of(data: bytes, *, declared: str | None = None) -> str:
    """The bytes as text: by byte order mark, `declared` charset, meta charset, strict UTF-8, detection, else cp1252.

    Raises Unreadable (`read/empty`, `read/binary`).
    """
    if not data.strip():
        raise Unreadable("read/empty", "the page is empty")
    text = _by_mark(data)
    if text is None:
        _refuse_binary(data)
        text = _by_name(data, declared) or _by_name(data, _meta_charset(data)) or _by_guess(data)
    shown = scrubbed(text)
    if not shown.strip():
        raise Unreadable("read/empty", "the page is empty")
    return shown


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data or data.startswith(b"%PDF-") or len(_CONTROL.findall(data)) > _BINARY_SHARE * len(data):
        raise _binary()


def _binary() -> Unreadable:
    return Unreadable("read/binary", "this is a binary file, not a page; save it as HTML, Markdown or plain text")


def _meta_charset(data: bytes) -> str | None:
    found = _META.search(data[:_META_REACH])
    return found[1].decode("ascii", errors="ignore") if found else None


def _by_name(data: bytes, charset: str | None) -> str | None:
    try:
        return data.decode(_web_codec(charset)) if charset else None
    except (LookupError, UnicodeError, ValueError):
        return None  # a charset that does not exist or does not fit is a common mistake of servers


def _web_codec(charset: str) -> str:
    name = codecs.lookup(charset.strip("\"' ")).name
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # what browsers take Latin-1 to mean
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # a label that could be read as ASCII cannot be true
    return name


def _by_guess(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _worn_utf8(data) or _detected(data) or _cp1252(data)


def _worn_utf8(data: bytes) -> str | None:
    """UTF-8 with a broken byte here and there, which cp1252 would turn into gibberish throughout."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return text if whole > broken and broken <= _WORN_SHARE * len(text) else None


def _detected(data: bytes) -> str | None:
    """A text in another script, as a detector reads it; a mostly Latin one is left to cp1252, as browsers do."""
    if len(data) < _ENOUGH or sum(byte > 0x7F for byte in data) < _OTHER_SCRIPT * len(data):
        return None
    from charset_normalizer import from_bytes  # takes a while to load, and is seldom needed

    found = from_bytes(data).best()
    return str(found) if found else None


def _cp1252(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _binary() from error
