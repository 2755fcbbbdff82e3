"""Cuts a text where marks begin and end, so that marks that overlap or nest never tear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LOUDEST = ("error", "warning", "note", "supported", "quiet")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that belongs to card `number`; a numbered one shows the number at its end."""

    number: int
    start: int
    end: int
    tone: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is marked the same all through: its loudest tone, its cards, the marks that end."""

    text: str
    tone: str | None
    numbers: tuple[int, ...]
    ending: tuple[Mark, ...]


def segments_of(text: str, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """The text in segments: joined they are the text, and each numbered mark ends exactly one of them."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    pieces = list(pairwise(cuts)) or [(0, 0)]
    if any(mark.numbered and mark.end == 0 for mark in marks):
        pieces.insert(0, (0, 0))
    return tuple(_segment(text, start, end, marks) for start, end in dict.fromkeys(pieces))


def _segment(text: str, start: int, end: int, marks: Sequence[Mark]) -> Segment:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end and start < end]
    tone = next((tone for tone in _LOUDEST if any(mark.tone == tone for mark in over)), None)
    numbers = tuple(dict.fromkeys(mark.number for mark in over))
    ending = tuple(mark for mark in marks if mark.numbered and mark.end == end)
    return Segment(text[start:end], tone, numbers, ending)
