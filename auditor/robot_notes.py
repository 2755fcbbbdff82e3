"""What a page and its server say to robots, such as `noindex`; noted, and stopping nothing: an audit is no index."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from auditor.fetching.settings import PRODUCT

_MOST = 20
_LONGEST = 60  # characters
_HEAD = 200_000  # characters in which meta tags are looked for
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(r"<meta\b([^<>]{1,1000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WITH_VALUES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})


def notes_in(header: str) -> tuple[str, ...]:
    """The directives of an `X-Robots-Tag` for every robot and for ours, in small letters: `noindex`, `max-snippet: 0`.

    `otherbot: noindex, nofollow` names its robot once for all that follows.
    """
    notes: dict[str, None] = {}
    ours = True
    for part in (part.strip().lower() for part in header.split(",")):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name not in _WITH_VALUES:
            ours, part = name in ("*", PRODUCT.lower()), rest
        if ours and part:
            notes.setdefault(part[:_LONGEST])
    return tuple(notes)[:_MOST]


def notes_of(text: str) -> tuple[str, ...]:
    """The directives in a web page's `<meta name="robots">`, and in one that names our robot."""
    said = _said_in(_COMMENT.sub("", text[:_HEAD]))
    return tuple(dict.fromkeys(note for content in said for note in notes_in(content)))[:_MOST]


def _said_in(head: str) -> Iterator[str]:
    for meta in _META.finditer(head):
        found = {name.lower(): html.unescape("".join(values)) for name, *values in _ATTRIBUTE.findall(meta[1])}
        if found.get("name", "").strip().lower() in ("robots", PRODUCT.lower()):
            yield found.get("content", "")
