"""How sure a verdict is: the share of such verdicts that were right on labelled pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from claims.data import HERE, toml_at
from claims.model import Verdict

FILE = HERE / "weights" / "confidence.toml"


@cache
def _shares() -> Mapping[str, Mapping[str, float]]:
    return toml_at(FILE)


def band_of(score: float | None) -> str:
    """Which of the bands of match scores a score lies in; None means that no reference matched."""
    if score is None:
        return "none"
    return "near" if score >= 4.5 else "middle" if score >= 3.5 else "far"


def confidence_of(verdict: Verdict, score: float | None) -> float:
    """The chance that a verdict is right, 0 to 1, by the figures that `claims/training/fit.py` measured."""
    return _shares()[verdict.value][band_of(score)]
