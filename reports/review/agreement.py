"""How far reviewers agree, beyond chance.

Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 1960. Krippendorff,
Computing Krippendorff's Alpha-Reliability, 2011, for nominal data with gaps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import NormalDist

from auditor.evaluation.bootstrap import LEVEL, interval_of, resamples
from auditor.evaluation.model import Interval


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Kappa of two raters' labels on the same things; None where chance alone would have them agree on everything."""
    number = len(pairs)
    if not number:
        return None
    ones, others = (Counter(labels) for labels in zip(*pairs, strict=True))
    observed = sum(one == other for one, other in pairs) / number
    expected = sum(ones[label] * others[label] for label in ones) / number**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Nominal alpha over things that each have some raters' labels; None where the labels do not differ at all.

    A thing with fewer than two labels has nothing to compare and does not count.
    """
    rated = [Counter(labels) for labels in units if len(labels) > 1]
    totals = sum(rated, Counter[str]())
    number = totals.total()
    expected = number**2 - sum(count**2 for count in totals.values())
    if not expected:
        return None
    return 1 - (number - 1) * sum(_disagreement(labels) for labels in rated) / expected


def alpha_interval(units: Sequence[Sequence[str]], seed: int = 0) -> Interval | None:
    """The bootstrap interval of alpha over the things that were rated, drawn with replacement."""
    rated = [labels for labels in units if len(labels) > 1]
    if len(rated) < 2:
        return None
    return interval_of([krippendorff_alpha(sample) for sample in resamples(rated, seed)])


def wilson_interval(hits: int, number: int) -> Interval | None:
    """The score interval of a share (Wilson, Journal of the American Statistical Association 22, 1927)."""
    if not number:
        return None
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share, weight = hits / number, z**2 / number
    middle = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * (share * (1 - share) / number + weight / (4 * number)) ** 0.5
    return Interval(max(middle - reach, 0.0), min(middle + reach, 1.0))


def _disagreement(labels: Counter[str]) -> float:
    """The pairs of labels that differ, each weighed so that a thing counts as often as it was rated."""
    number = labels.total()
    return (number**2 - sum(count**2 for count in labels.values())) / (number - 1)
