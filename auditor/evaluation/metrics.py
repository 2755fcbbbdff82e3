"""The figures that counts give: each is a pure function, and None where nothing bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from statistics import fmean

from auditor.evaluation.comparing import VERDICTS
from auditor.evaluation.model import Bin, Rates
from auditor.evaluation.tally import Hit, Tally

Pairs = Mapping[tuple[str, str], int]  # how often this label met that answer
Confidences = Mapping[tuple[float, bool], int]  # how often this confidence was right, or wrong
BINS = 10


def rates(hits: Mapping[Hit, int]) -> Rates:
    """Precision, recall and F1, their harmonic mean (van Rijsbergen, Information Retrieval, 1979); 0 for 0/0."""
    tp, fp, fn = (hits.get(kind, 0) for kind in (Hit.TRUE_POSITIVE, Hit.FALSE_POSITIVE, Hit.FALSE_NEGATIVE))
    right = tp / (tp + fp) if tp + fp else 0.0
    got = tp / (tp + fn) if tp + fn else 0.0
    return Rates(right, got, 2 * right * got / (right + got) if right + got else 0.0, tp + fn, tp + fp)


def f1(hits: Mapping[Hit, int]) -> float | None:
    """F1; None where there was nothing to find and nothing was found."""
    found = rates(hits)
    return found.f1 if found.n + found.found else None


def precision(hits: Mapping[Hit, int]) -> float | None:
    """The share of what was reported that is right."""
    found = rates(hits)
    return found.precision if found.found else None


def recall(hits: Mapping[Hit, int]) -> float | None:
    """The share of what was there to find that was found."""
    found = rates(hits)
    return found.recall if found.n else None


def class_rates(pairs: Pairs, label: str) -> Rates:
    """One class against all others."""
    hits: Counter[Hit] = Counter()
    for (gold, answer), number in pairs.items():
        if gold == label:
            hits[Hit.TRUE_POSITIVE if answer == label else Hit.FALSE_NEGATIVE] += number
        elif answer == label:
            hits[Hit.FALSE_POSITIVE] += number
    return rates(hits)


def accuracy(pairs: Pairs) -> float | None:
    """The share of units whose answer is their label."""
    return share({right: _sum(pairs, right) for right in (True, False)})


def macro_f1(pairs: Pairs, classes: Iterable[str]) -> float | None:
    """The mean F1 of the classes that the labels have, each weighing the same however rare (Yang & Liu, SIGIR 1999)."""
    found = [class_rates(pairs, label) for label in classes]
    present = [each.f1 for each in found if each.n]
    return fmean(present) if present else None


def share(outcomes: Mapping[bool, int]) -> float | None:
    """The share of what is true."""
    total = outcomes.get(True, 0) + outcomes.get(False, 0)
    return outcomes.get(True, 0) / total if total else None


def pooled(flags: Mapping[tuple[str, Hit], int]) -> Counter[Hit]:
    """The counts of all flags together, for a micro-average (Yang & Liu, SIGIR 1999)."""
    hits: Counter[Hit] = Counter()
    for (_, kind), number in flags.items():
        hits[kind] += number
    return hits


def only(flags: Mapping[tuple[str, Hit], int], flag: str) -> Counter[Hit]:
    """The counts of one flag."""
    return Counter({kind: number for (name, kind), number in flags.items() if name == flag})


def per_1000_words(loudness: Mapping[str, int]) -> float | None:
    """False alarms for every 1,000 words read."""
    words = loudness.get("words", 0)
    return 1000 * loudness.get("false alarms", 0) / words if words else None


def brier(confidences: Confidences) -> float | None:
    """The mean squared distance of confidence from what came true (Brier, Monthly Weather Review 78, 1950)."""
    total = sum(confidences.values())
    wide = sum(number * (said - right) ** 2 for (said, right), number in confidences.items())
    return wide / total if total else None


def bins(confidences: Confidences) -> tuple[Bin, ...]:
    """Ten bins of equal width: what was said there on average, and how often it was right."""
    parts: list[dict[tuple[float, bool], int]] = [{} for _ in range(BINS)]
    for (said, right), number in confidences.items():
        parts[min(int(said * BINS), BINS - 1)][said, right] = number
    return tuple(_bin(place, part) for place, part in enumerate(parts))


def ece(confidences: Confidences) -> float | None:
    """Expected calibration error: how far the bins' accuracy lies from their confidence, each weighed by its units.

    Guo, Pleiss, Sun & Weinberger, On Calibration of Modern Neural Networks, ICML 2017.
    """
    total = sum(confidences.values())
    gaps = (each.n * abs((each.confidence or 0) - (each.accuracy or 0)) for each in bins(confidences))
    return sum(gaps) / total if total else None


def _bin(place: int, part: Confidences) -> Bin:
    n = sum(part.values())
    said = sum(said * number for (said, _), number in part.items())
    right = sum(number for (_, right), number in part.items() if right)
    return Bin(place / BINS, (place + 1) / BINS, n, said / n if n else None, right / n if n else None)


def _sum(pairs: Pairs, right: bool) -> int:
    return sum(number for (gold, answer), number in pairs.items() if (gold == answer) is right)


HEADLINES: Mapping[str, Callable[[Tally], float | None]] = {
    "claim_f1": lambda tally: f1(tally.claims),
    "alarm_f1": lambda tally: f1(tally.alarms),
    "alarm_precision": lambda tally: precision(tally.alarms),
    "alarm_recall": lambda tally: recall(tally.alarms),
    "verdict_accuracy": lambda tally: accuracy(tally.verdicts),
    "verdict_macro_f1": lambda tally: macro_f1(tally.verdicts, VERDICTS),
    "flags_micro_f1": lambda tally: f1(pooled(tally.flags)),
    "stance_accuracy": lambda tally: accuracy(tally.stances),
    "reference_hit": lambda tally: share(tally.references),
    "error_precision": lambda tally: share(tally.errors),
    "false_alarms_per_1000_reputable_words": lambda tally: per_1000_words(tally.quiet_loudness),
    "ece": lambda tally: ece(tally.confidences),
    "brier": lambda tally: brier(tally.confidences),
}
