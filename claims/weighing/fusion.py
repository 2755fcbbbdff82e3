"""The linear models and the encoder as one: what both together say of a sentence, by a few fitted knobs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from claims.checkworthiness import claim_probability
from claims.errors import DataError
from claims.extraction import Reading
from claims.model import Verdict
from claims.weighing.linear import FOLDER, chance
from claims.weighing.pages import Chances

LEAST = 1e-4  # a chance nearer to 0 or 1 than this counts as this near


@dataclass(frozen=True, slots=True)
class Fusion:
    """How much the encoder weighs beside the linear models (0 to 1), and from which chances on it is followed.

    `claim` is the threshold of both together for a claim, `reference` that of the encoder for a reference it names.
    """

    claim_share: float
    claim: float
    verdict_share: float
    reference: float


@cache
def fusion() -> Fusion:
    """The fitted knobs; raises `DataError` where the file is missing or broken."""
    path = FOLDER / "fusion.json"
    try:
        return Fusion(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DataError(
            f"{path.name}: cannot be read; make it again with `python -m claims.training.fit_fusion`"
        ) from error


def is_claim(reading: Reading, heard: Chances) -> bool:
    """True where signs and encoder together hold that a sentence states a checkable health proposition."""
    return claim_chance(claim_probability(reading), heard.claim, fusion().claim_share) >= fusion().claim


def claim_chance(signs: float, heard: float, share: float) -> float:
    """The weighted mean of two chances, taken in log-odds."""
    return chance((1 - share) * log_odds(signs) + share * log_odds(heard))


def log_odds(probability: float) -> float:
    """A chance as log-odds; certainty is cut off."""
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def fused_verdicts(
    weighed: Mapping[Verdict, float], heard: Mapping[Verdict, float], share: float
) -> dict[Verdict, float]:
    """The weighted geometric mean of two sets of chances; it sums to 1."""
    powers = {
        verdict: max(own, LEAST) ** (1 - share) * max(heard[verdict], LEAST) ** share
        for verdict, own in weighed.items()
    }
    total = sum(powers.values())
    return {verdict: power / total for verdict, power in powers.items()}


def reference_heard(heard: Chances) -> str | None:
    """The reference that the encoder finds a sentence to speak of, where it is right in two of three at least."""
    name, share = heard.reference
    return name if share >= fusion().reference else None
