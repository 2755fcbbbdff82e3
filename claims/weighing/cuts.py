"""From which of the encoder's chances on something is said, and how sure a verdict is then."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from claims.errors import DataError
from claims.model import Verdict
from claims.weighing.pages import FOLDER

CUTS = FOLDER / "cuts.json"
LEAST = 1e-4  # a chance nearer to 0 or 1 than this counts as this near


@dataclass(frozen=True, slots=True)
class Cuts:
    """The chances from which something is said; fitted on pages that the encoder had not learnt from.

    `claim`, `alarm` (any problem), `flag`, and `reference` (one to show beside those whose frames match); from `first`
    on it explains the verdict before them. A finding may be an error from a verdict's confidence of `error` on, or from
    a flag's chance of `flag_error` on. `confidence` is the intercept and the slope of a logistic curve from a verdict's
    log-odds to the share that was right (Platt, Probabilistic outputs for support vector machines, 1999).
    """

    claim: float
    alarm: float
    flag: float
    reference: float
    first: float
    error: float
    flag_error: float
    confidence: tuple[float, float]


@cache
def cuts() -> Cuts:
    """The fitted cuts; raises `DataError` where the file is missing or broken."""
    try:
        data = json.loads(CUTS.read_text(encoding="utf-8"))
        return Cuts(**{**data, "confidence": tuple(data["confidence"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{CUTS.name}: cannot be read; make it again with `python -m claims.training.fit_cuts`"
        ) from error


def likeliest(chances: Mapping[Verdict, float], alarm: float) -> Verdict:
    """The verdict to give: supported where a problem is less likely than `alarm`, else the likeliest problem."""
    if 1 - chances[Verdict.SUPPORTED] < alarm:
        return Verdict.SUPPORTED
    problems = (verdict for verdict in chances if verdict is not Verdict.SUPPORTED)
    return max(problems, key=lambda verdict: chances[verdict])


def confidence_in(verdict: Verdict, chances: Mapping[Verdict, float]) -> float:
    """The share of such verdicts that were right on labelled pages the encoder had not seen, 0 to 1."""
    intercept, slope = cuts().confidence
    return round(on_curve(intercept + slope * log_odds(chances[verdict])), 3)


def on_curve(score: float) -> float:
    """Log-odds → the chance (the logistic curve)."""
    return 1 / (1 + math.exp(-score))


def log_odds(chance: float) -> float:
    """A chance as log-odds; certainty is cut off."""
    kept = min(max(chance, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))
