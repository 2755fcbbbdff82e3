"""Pages read from files, or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from auditor.errors import Unreadable
from auditor.inputs import STDIN
from auditor.model import Page
from auditor.reading.charset import text_of
from auditor.reading.formats import format_of

MAX_BYTES = 10_000_000


def page_of(source: str) -> Page:
    """The page in a file, or on standard input for `-`. Raises Unreadable (`read/…`)."""
    text = text_of(_bytes_of(source))
    return Page(source=source, url=None, text=text, format=format_of(text, name="" if source == STDIN else source))


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
