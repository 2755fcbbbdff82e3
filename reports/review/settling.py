"""What the decisions of several reviewers on one finding come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from reports.decisions import Decision, DecisionEntry

Subject = tuple[str, str]


class Outcome(StrEnum):
    """Confirmed or a false alarm where nobody said the opposite; contested where somebody did."""

    CONFIRMED = "confirmed"
    FALSE_ALARM = "false alarm"
    CONTESTED = "contested"
    NEEDS_EXPERT = "needs an expert"


def by_subject(entries: Iterable[DecisionEntry]) -> Mapping[Subject, tuple[DecisionEntry, ...]]:
    """The decisions on each finding, in the order in which the findings first come."""
    found: dict[Subject, list[DecisionEntry]] = {}
    for entry in entries:
        found.setdefault(entry.subject, []).append(entry)
    return {subject: tuple(group) for subject, group in found.items()}


def outcome_of(entries: Sequence[DecisionEntry]) -> Outcome:
    """What decisions on one finding come to; an expert is needed where nobody said yes or no."""
    said = {entry.decision for entry in entries}
    if {Decision.CONFIRM, Decision.FALSE_ALARM} <= said:
        return Outcome.CONTESTED
    if Decision.CONFIRM in said:
        return Outcome.CONFIRMED
    return Outcome.FALSE_ALARM if Decision.FALSE_ALARM in said else Outcome.NEEDS_EXPERT
