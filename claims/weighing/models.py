"""The fitted verdict model: which verdict a claim's features speak for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache

from claims.model import Verdict
from claims.weighing.linear import FOLDER, Linear, linear_at


@cache
def _verdict_model() -> Linear:
    return linear_at(FOLDER / "verdict.json")


def verdict_chances(features: Set[str]) -> Mapping[Verdict, float]:
    """The chance of every verdict that a reference can give; they sum to 1."""
    return {Verdict(label): share for label, share in _verdict_model().chances(features).items()}
