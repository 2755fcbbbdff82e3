"""What an `X-Robots-Tag` header says to robots; it is noted, and stops nothing: an audit is no index."""

from __future__ import annotations

from auditor.fetching.settings import PRODUCT

_MOST = 20
_LONGEST = 60  # characters
_WITH_VALUES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})


def notes_in(header: str) -> tuple[str, ...]:
    """The directives for every robot and for ours, in small letters, each once: `noindex`, `max-snippet: 0`.

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
