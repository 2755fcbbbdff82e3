"""Where the marks of a plot stand: figures in, places out, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.evaluation.model import Bin, Confusion, Interval

ROW, BAR_LEFT, BAR_WIDTH = 26, 172, 252  # of a strip: the height of a row, where bars begin, how long 1 is
SQUARE, MARGIN, TOP = 300, 44, 30  # of a reliability diagram: its side, and the room for numbers and words
CELL_WIDTH, CELL_HEIGHT, CELL_LEFT, CELL_TOP = 73, 40, 122, 46  # of a confusion matrix
_DEEPEST = 0.4  # how strongly the fullest cell is tinted, so that its number stays readable
_DOTS = (3.0, 11.0)  # the radius of the emptiest and of the fullest bin


@dataclass(frozen=True, slots=True)
class Strip:
    """A figure between 0 and 1 as a bar, with its interval as a whisker."""

    label: str
    value: float
    n: int | None
    middle: float
    end: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin of a reliability diagram: right of the diagonal the auditor is too sure, left of it too modest."""

    x: float
    y: float
    radius: float
    bin: Bin


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a confusion matrix, tinted by its share of the row; `agrees` on the diagonal."""

    x: int
    y: int
    count: int
    tint: float
    agrees: bool


def strips_of(figures: Iterable[tuple[str, float | None, Interval | None, int | None]]) -> tuple[Strip, ...]:
    """One strip for each figure (label, value, interval, n) that has a value, from the top down."""
    known = [(label, value, interval, n) for label, value, interval, n in figures if value is not None]
    return tuple(_strip(place, *figure) for place, figure in enumerate(known))


def dots_of(bins: Sequence[Bin]) -> tuple[Dot, ...]:
    """One dot for each bin that holds anything; its area grows with what the bin holds."""
    most = max((each.n for each in bins), default=0)
    return tuple(_dot(each, most) for each in bins if each.n)


def cells_of(confusion: Confusion) -> tuple[Cell, ...]:
    """The cells, row by row."""
    return tuple(_cells(confusion))


def _strip(place: int, label: str, value: float, interval: Interval | None, n: int | None) -> Strip:
    low, high = (_along(interval.low), _along(interval.high)) if interval else (None, None)
    return Strip(label, value, n, place * ROW + ROW / 2, _along(value), low, high)


def _along(value: float) -> float:
    return round(BAR_LEFT + BAR_WIDTH * value, 1)


def _dot(each: Bin, most: int) -> Dot:
    small, large = _DOTS
    radius = small + (large - small) * (each.n / most) ** 0.5
    x = MARGIN + SQUARE * (each.confidence or 0)
    return Dot(round(x, 1), round(TOP + SQUARE * (1 - (each.accuracy or 0)), 1), round(radius, 1), each)


def _cells(confusion: Confusion) -> Iterator[Cell]:
    for row, (label, counts) in enumerate(zip(confusion.rows, confusion.counts, strict=True)):
        for column, (answer, count) in enumerate(zip(confusion.columns, counts, strict=True)):
            tint = round(_DEEPEST * count / (sum(counts) or 1), 3)
            x, y = CELL_LEFT + column * CELL_WIDTH, CELL_TOP + row * CELL_HEIGHT
            yield Cell(x, y, count, tint, label == answer)
