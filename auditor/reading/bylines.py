"""Who wrote a page and when, from the words that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.model import Block
from auditor.reading.signs import listed, sign
from claims.model import BlockKind

_LONGEST = 160  # characters of a byline; a longer block is prose
_LONGEST_NAME = 80
_HEAD, _TOP, _BOTTOM = 5, 10, 8  # blocks: where a bare date is the page's own, and where bylines stand
_AFTER_NAME = re.compile(
    r"\s*(?:[|·•–—\n(]|,?\s+(?:on|at|in)\s|,?\s*\b(?:last|medically|published|updated|reviewed|posted)\b|,?\s*\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_NAME = re.compile(
    r"^\W*(?:(?:medically )?(?:written|reviewed|posted|edited|words)?\s*by\b|authors?\b)?[\s:]*", re.IGNORECASE
)
_MONTH = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|^(?:and|the) large\b", re.IGNORECASE)


def author_in(blocks: Sequence[Block]) -> str | None:
    """The author that a visible byline names, if any does."""
    for block in _edges(blocks):
        found = sign("author.byline").search(block.text) if len(block.text) <= _LONGEST else None
        name = named(next(filter(None, found.groups()))) if found else None
        if name:
            return name
    return None


def reviewer_in(text: str) -> str | None:
    """Who a line says has reviewed or checked the page, if any does."""
    found = sign("reviewer.byline").search(text) if len(text) <= _LONGEST else None
    return named(next(filter(None, found.groups()))) if found else None


def updated_in(blocks: Sequence[Block]) -> str | None:
    """The date of the last change or review that a visible line states, if any does."""
    for block in _edges(blocks):
        for found in sign("date.value").finditer(block.text if len(block.text) <= 2 * _LONGEST else ""):
            if sign("date.updated").search(block.text[: found.start()]):
                return found[0]
    return None


def date_in(blocks: Sequence[Block]) -> str | None:
    """The date of publication or review that a visible line states, if any does."""
    found = [*(dated(block.text) for block in blocks[:_HEAD]), *(_stated(block.text) for block in _edges(blocks))]
    return next(filter(None, found), None)


def dated(text: str) -> str | None:
    """The date that a line states (“Updated 3 March 2024”) or that it is little more than."""
    bare = sign("date.value").search(text) if len(text) <= _LONGEST else None
    return _stated(text) or (bare[0] if bare and _is_the_line(text, bare[0]) else None)


def _stated(text: str) -> str | None:
    if len(text) > 2 * _LONGEST:
        return None
    dates = sign("date.value").finditer(text)
    return next((found[0] for found in dates if sign("date.stated").search(text[: found.start()])), None)


def named(text: str) -> str | None:
    """The name in a byline, without “By” and what follows the name; None where it names nobody."""
    name = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", " ".join(text.split()), count=1)).strip(" .,:;-")
    if not 2 <= len(name) <= _LONGEST_NAME or not name[0].isalpha() or "://" in name or _MONTH.match(name):
        return None
    return None if name.lower() in listed("author", "nobody") else name


def _is_the_line(text: str, date: str) -> bool:
    """True for a line such as “By Jo Park, 3 March 2024 · 5 min read”, false for prose that mentions a day."""
    if len(text) <= len(date) + 4:
        return True
    return len(text) <= 90 and sign("author.byline").search(text) is not None and not text.rstrip().endswith(".")


def _edges(blocks: Sequence[Block]) -> list[Block]:
    edges = blocks if len(blocks) <= _TOP + _BOTTOM else [*blocks[:_TOP], *blocks[-_BOTTOM:]]
    return [block for block in edges if block.kind is not BlockKind.QUOTE]
