"""Plain text: its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from auditor.model import Block
from auditor.reading.draft import About, Draft
from auditor.reading.plain import plain, readable
from claims.model import BlockKind

_WRAPPED = 100  # characters; longer lines were not broken by hand, so that each is a paragraph
_HEADING_WORDS, _HEADING_CHARACTERS = 10, 80
_BULLET = re.compile(r"\s*(?:[-*•‣▪◦–—✓✔]|\d{1,2}[.)])\s+(?=\S)")

Line = tuple[int, str]


def draft_of(text: str) -> Draft:
    """Plain text as read; its title is its first block, where that is a heading."""
    blocks = tuple(blocks_of(text))
    title = blocks[0].text if blocks and blocks[0].kind is BlockKind.HEADING else None
    return Draft(blocks=blocks, about=About(title=title))


def blocks_of(text: str) -> Iterator[Block]:
    """Paragraphs, list items and clear headings, with their lines."""
    pieces = [piece for chunk in _chunks(text) for piece in _pieces(chunk)]
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        words = plain(" ".join(line for _, line in piece))
        if _BULLET.match(words) and len(words) <= _WRAPPED:
            words, kind = _BULLET.sub("", words, count=1), BlockKind.LIST_ITEM
        else:
            kind = BlockKind.HEADING if _is_heading(piece, after) else BlockKind.PARAGRAPH
        if readable(words):
            yield Block(kind, words, "", piece[0][0])


def _chunks(text: str) -> Iterator[list[Line]]:
    """Runs of lines between blank ones, numbered from 1."""
    lines = enumerate(text.split("\n"), 1)
    return (list(run) for filled, run in groupby(lines, lambda line: bool(line[1].strip())) if filled)


def _pieces(chunk: list[Line]) -> Iterator[list[Line]]:
    if any(len(line) > _WRAPPED for _, line in chunk):
        yield from ([line] for line in chunk)
        return
    piece: list[Line] = []
    for line in chunk:
        if piece and _BULLET.match(line[1]):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _is_heading(piece: list[Line], after: list[Line] | None) -> bool:
    """Clearly one only: one short line that ends like no sentence, before a paragraph that is longer."""
    line = piece[0][1].strip()
    if len(piece) > 1 or after is None or len(line) > _HEADING_CHARACTERS or len(line.split()) > _HEADING_WORDS:
        return False
    ends_open = line[-1].isalnum() or line[-1] in "?)”’\"'"
    starts_like_one = line[0].isupper() or line[0].isdigit()
    return starts_like_one and ends_open and len(plain(" ".join(words for _, words in after))) > max(2 * len(line), 60)
