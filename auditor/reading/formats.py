"""Which format a page is written in."""

from __future__ import annotations

import re
from pathlib import PurePath

from auditor.model import Format

_BY_SUFFIX = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
}
_BY_TYPE = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN,
}
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:div|p|h[1-6]|article|main|section|ul|ol|table|header|meta|title)\b[^>]*>", re.I)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|---\n\w+:|[-*] .{1,400}\n[-*] )|\[[^\[\]\n]{1,200}\]\([^()\s]{1,400}\)|\*\*\S[^*\n]{0,200}\*\*",
    re.M,
)


def format_of(text: str, *, name: str = "", content_type: str = "") -> Format:
    """The format of a text; a full HTML page is HTML whatever its name or content type says."""
    if _WEB_PAGE.match(text):
        return Format.HTML
    known = _BY_TYPE.get(content_type) or _BY_SUFFIX.get(PurePath(name).suffix.lower())
    return known or _format_by_content(text)


def _format_by_content(text: str) -> Format:
    if _FRAGMENT.match(text):
        return Format.HTML
    return Format.MARKDOWN if _MARKDOWN.search(text[:20_000]) else Format.TEXT
