"""The text directive that lands on a block in a browser (WICG URL Fragment Text Directives)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from auditor.model import Block
from auditor.reading.plain import INVISIBLE
from auditor.reading.walk import Piece

_FIRST_WORDS, _BESIDE_WORDS = 8, 4
_MOST = 60_000_000  # characters × blocks, above which a page is not searched for what stands in it once


def with_fragments(blocks: Sequence[Block], pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """The blocks, each with the directive that selects its first words and no others, where there is one."""
    page = " ".join(_words(block.text) for block in blocks)
    if len(page) * len(blocks) > _MOST:
        return tuple(blocks)
    texts = ["", *(_words(block.text) for block in blocks), ""]
    return tuple(
        replace(block, fragment=_directive(piece, f" {page} ", texts[n], texts[n + 2]))
        for n, (block, piece) in enumerate(zip(blocks, pieces, strict=True))
    )


def _directive(piece: Piece, page: str, before: str, after: str) -> str | None:
    start = _start(piece)
    if not start:
        return None
    if page.count(f" {start} ") == 1:
        return f":~:text={_encoded(start)}"
    lead = " ".join(before.split()[-_BESIDE_WORDS:])
    opens = _words(piece.block.text).startswith(start)
    if lead and opens and page.count(f" {lead} {start} ") == 1:
        return f":~:text={_encoded(lead)}-,{_encoded(start)}"
    tail = " ".join(after.split()[:_BESIDE_WORDS])
    whole = start == _words(piece.block.text)
    if tail and whole and page.count(f" {start} {tail} ") == 1:
        return f":~:text={_encoded(start)},-{_encoded(tail)}"
    return None


def _start(piece: Piece) -> str:
    """The first words that stand on the page as they stand in the block."""
    for run in _plain_runs(piece.runs):
        if len(run) > 1 or (run and len(piece.runs) == 1):
            return " ".join(run[:_FIRST_WORDS])
    return ""


def _plain_runs(runs: Sequence[str]) -> Iterator[list[str]]:
    """The words of each run, without those at its ends that may go on, and parted where one can't be searched for."""
    for number, run in enumerate(runs):
        words = _words(run).split()
        words = words[number > 0 : len(words) - (number + 1 < len(runs))]
        for searchable, part in groupby(words, lambda word: not INVISIBLE.search(word)):
            if searchable:
                yield list(part)


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def _encoded(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
