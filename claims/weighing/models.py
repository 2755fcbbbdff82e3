"""The fitted verdict model: which verdict a claim's features speak for, and how surely."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from claims.errors import DataError
from claims.model import Verdict
from claims.weighing.linear import FOLDER, Linear, chance, linear_at


@dataclass(frozen=True, slots=True)
class Cuts:
    """What is fitted on sentences that the model had not seen.

    `alarm` is the chance of any problem from which one is named; `factors` multiply the chance of each problem before
    the highest is taken, so that rare ones are found as well as common ones; `confidence` is the (intercept, slope) of
    a logistic curve from the winner's log-odds to the share that was right (Platt, Probabilistic outputs for support
    vector machines, 1999).
    """

    alarm: float
    factors: Mapping[str, float]
    confidence: tuple[float, float]


@cache
def cuts() -> Cuts:
    """The fitted factors and curve; raises `DataError` where the file is missing or broken."""
    path = FOLDER / "cuts.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Cuts(data["alarm"], data["factors"], tuple(data["confidence"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path.name}: cannot be read; make it again with `python -m claims.training.fit_fusion`"
        ) from error


@cache
def _verdict_model() -> Linear:
    return linear_at(FOLDER / "verdict.json")


def verdict_chances(features: Set[str]) -> Mapping[Verdict, float]:
    """The chance of every verdict that a reference can give; they sum to 1."""
    return {Verdict(label): share for label, share in _verdict_model().chances(features).items()}


def likeliest(chances: Mapping[Verdict, float], *, alarm: float | None = None) -> Verdict:
    """The verdict to give: supported, unless a problem is likely enough; then the likeliest problem.

    `alarm` is the chance of any problem from which one is named, where it is not the fitted one.
    """
    return likeliest_by(cuts(), chances, alarm=alarm)


def likeliest_by(fitted: Cuts, chances: Mapping[Verdict, float], *, alarm: float | None) -> Verdict:
    """The same by thresholds and factors of one's own, for the fitting of them."""
    if 1 - chances[Verdict.SUPPORTED] < (fitted.alarm if alarm is None else alarm):
        return Verdict.SUPPORTED
    problems = (verdict for verdict in chances if verdict is not Verdict.SUPPORTED)
    return max(problems, key=lambda verdict: chances[verdict] * fitted.factors[verdict.value])


def confidence_in(verdict: Verdict, chances: Mapping[Verdict, float]) -> float:
    """The share of such verdicts that were right on labelled pages the model had not seen, 0 to 1."""
    intercept, slope = cuts().confidence
    share = min(max(chances[verdict], 1e-6), 1 - 1e-6)
    return round(chance(intercept + slope * math.log(share / (1 - share))), 3)
