"""Pages read from files, or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from auditor.errors import Unreadable
from auditor.inputs import STDIN
from auditor.model import Format, Page
from auditor.reading.charset import text_of
from auditor.reading.formats import format_of
from auditor.reading.word import OLD_WORD, is_word, markup_of

MAX_BYTES = 10_000_000


def page_of(source: str, *, stdin_name: str = "") -> Page:
    """The page in a file, or on standard input for `-`, which goes by `stdin_name`. Raises Unreadable (`read/…`)."""
    name = stdin_name if source == STDIN else source
    data = _bytes_of(source)
    if is_word(data):
        return Page(name or source, None, markup_of(data), Format.WORD)
    _refuse_old_word(data)
    text = text_of(data)
    return Page(source=name or source, url=None, text=text, format=format_of(text, name=name))


def _refuse_old_word(data: bytes) -> None:
    if data.startswith(OLD_WORD):
        raise Unreadable("read/binary", "this is a file of an old Word (.doc) or another program; save it as .docx")


def _bytes_of(source: str) -> bytes:
    if source == STDIN:
        return _capped(sys.stdin.buffer)
    try:
        with Path(source).open("rb") as file:
            return _capped(file)
    except PermissionError as error:
        raise Unreadable("read/permission", "the file may not be read; check its permissions") from error
    except FileNotFoundError as error:
        raise Unreadable("read/missing", "the file is no longer there") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise Unreadable("read/error", f"the file could not be read: {why}") from error


def _capped(file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable("read/too-large", f"the page is over {MAX_BYTES // 1_000_000} MB; split it")
    return data
