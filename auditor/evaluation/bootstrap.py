"""How far a figure would move if other pages of the same sort had been labelled.

Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13: the percentile interval. Pages are drawn and not
units, because the units of one page resemble each other (the same, chapter 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from statistics import quantiles
from typing import TypeVar

from auditor.evaluation.model import Interval

RESAMPLES, LEVEL = 1000, 0.95
_FORTIETHS = 40  # their outermost cuts leave 2.5 % on either side

T = TypeVar("T")


def resamples(items: Sequence[T], seed: int, times: int = RESAMPLES) -> Iterator[list[T]]:
    """As many items as there are, drawn with replacement, time after time; the same for the same seed."""
    chance = Random(seed)
    return (chance.choices(items, k=len(items)) for _ in range(times))


def interval_of(values: Sequence[float | None]) -> Interval | None:
    """Where the middle 95 % of a figure's resampled values lie; None where there are not two values to tell it from."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    cuts = quantiles(known, n=_FORTIETHS, method="inclusive")
    return Interval(cuts[0], cuts[-1])
