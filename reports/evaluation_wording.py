"""The words that evaluations use for figures, answers and disagreements."""

from __future__ import annotations

from auditor.evaluation.model import Disagreement, Interval

HEADLINES = {
    "claim_f1": "Claims found, F1",
    "alarm_f1": "Alarms, F1",
    "alarm_precision": "Alarms, precision",
    "alarm_recall": "Alarms, recall",
    "verdict_accuracy": "Verdicts, accuracy",
    "verdict_macro_f1": "Verdicts, macro-F1",
    "flags_micro_f1": "Flags, micro-F1",
    "stance_accuracy": "Stances, accuracy",
    "reference_hit": "Reference hit",
    "error_precision": "Errors, precision",
    "false_alarms_per_1000_reputable_words": "False alarms per 1,000 reputable words",
    "ece": "Calibration error (ECE)",
    "brier": "Brier score",
}
NOT_SHARES = ("false_alarms_per_1000_reputable_words", "ece", "brier")  # the less the better
WHAT_COUNTS = (
    "A claim is found where the auditor sees a claim in a unit that is labelled as one on topic. An alarm is an error, "
    "a warning, or a verdict other than supported; a unit deserves one where it is labelled with a flag or as an "
    "asserted claim that does not stand. Verdicts count over asserted claims, and one that is missed, unverified or "
    "not judged counts as wrong. Intervals are 95 % percentile bootstrap intervals over pages."
)
NO_PROOF = "The figures speak for pages like these, labelled like these, and for no others."


def named(answer: str) -> str:
    """A verdict or answer for people: “category error”."""
    return answer.replace("_", " ")


def number(value: float | None) -> str:
    """Three places, or a dash where nothing bears on the figure."""
    return "–" if value is None else f"{value:.3f}"


def between(interval: Interval | None) -> str:
    """“0.81–0.92”."""
    return "–" if interval is None else f"{interval.low:.3f}–{interval.high:.3f}"


def labelled(verdict: str, flags: tuple[str, ...]) -> str:
    """A verdict with its flags, or what there is of them: “refuted, promo/cure”."""
    return ", ".join([named(verdict), *flags]) if verdict != "none" or not flags else ", ".join(flags)


def disagreement(miss: Disagreement) -> str:
    """“labelled supported; the auditor says refuted, promo/cure”."""
    said = labelled(miss.got, miss.got_flags)
    return f"labelled {labelled(miss.gold, miss.gold_flags)}; the auditor says {said}"
