"""From an answer to a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from auditor.fetching.reasons import Why, failed, status_failed
from auditor.fetching.transport import Reply
from auditor.model import Page
from auditor.reading.charset import text_of
from auditor.reading.formats import format_of
from auditor.robot_notes import notes_in

PAGE_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"},
)

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def refuse_other_than_pages(reply: Reply, most: int) -> None:
    """Raises FetchFailed for what its own headers show to be no page, or too large a one."""
    if reply.status != 200:
        raise status_failed(reply.status, reply.phrase)
    kind = content_type(reply.headers)
    if kind and kind not in PAGE_TYPES:
        raise failed(Why.CONTENT_TYPE, kind=kind)
    length = reply.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise failed(Why.TOO_LARGE, limit=round(most / 1e6, 1))


def page_from(source: str, url: str, headers: Mapping[str, str], body: bytes) -> Page:
    """The page in an answer; raises Unreadable where it is no text."""
    charset = _CHARSET.search(headers.get("Content-Type", ""))
    text = text_of(body, declared=charset[1] if charset else None)
    return Page(
        source,
        url,
        text,
        format_of(text, name=urlsplit(url).path, content_type=content_type(headers)),
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        robots=notes_in(headers.get("X-Robots-Tag", "")),
    )


def content_type(headers: Mapping[str, str]) -> str:
    """The media type alone, in small letters; empty where the server says none."""
    return headers.get("Content-Type", "").split(";")[0].strip().lower()
