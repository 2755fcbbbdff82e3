"""What a review measured: its reviewers, how far they agree, and how often each rule was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from auditor.evaluation.model import Interval
from reports.decisions import Decision, DecisionEntry
from reports.review.agreement import alpha_interval, cohen_kappa, krippendorff_alpha, wilson_interval
from reports.review.settling import Outcome, Subject, by_subject, outcome_of


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers, how many findings both decided on, and their kappa."""

    one: str
    other: str
    findings: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often a rule was confirmed, where reviewers settled whether it was right."""

    rule: str
    outcomes: Mapping[Outcome, int]

    @property
    def settled(self) -> int:
        """How many of its findings are confirmed or false alarms."""
        return self.outcomes[Outcome.CONFIRMED] + self.outcomes[Outcome.FALSE_ALARM]

    @property
    def precision(self) -> float | None:
        """The share of settled findings that are confirmed; None where there are none."""
        return self.outcomes[Outcome.CONFIRMED] / self.settled if self.settled else None

    @property
    def interval(self) -> Interval | None:
        """Its Wilson interval."""
        return wilson_interval(self.outcomes[Outcome.CONFIRMED], self.settled)


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a review; `shared` is how many findings two reviewers or more decided on."""

    findings: int
    by_reviewer: Mapping[str, Mapping[Decision, int]]
    pairs: tuple[Pair, ...]
    shared: int
    alpha: float | None
    alpha_interval: Interval | None
    rules: tuple[RulePrecision, ...]


def measured(decisions: Sequence[DecisionEntry]) -> Measured:
    """The figures of these decisions, which hold one of each reviewer on each finding."""
    groups = by_subject(decisions)
    units = [[entry.decision.value for entry in entries] for entries in groups.values()]
    return Measured(
        findings=len(groups),
        by_reviewer=_by_reviewer(decisions),
        pairs=tuple(_pairs(decisions)),
        shared=sum(len(labels) > 1 for labels in units),
        alpha=krippendorff_alpha(units),
        alpha_interval=alpha_interval(units),
        rules=tuple(_rules(groups)),
    )


def _by_reviewer(decisions: Sequence[DecisionEntry]) -> Mapping[str, Mapping[Decision, int]]:
    names = sorted({entry.reviewer for entry in decisions})
    return {name: Counter(entry.decision for entry in decisions if entry.reviewer == name) for name in names}


def _pairs(decisions: Sequence[DecisionEntry]) -> Iterator[Pair]:
    said: dict[str, dict[Subject, str]] = {}
    for entry in decisions:
        said.setdefault(entry.reviewer, {})[entry.subject] = entry.decision.value
    for one, other in combinations(sorted(said), 2):
        both = [(label, said[other][subject]) for subject, label in said[one].items() if subject in said[other]]
        yield Pair(one, other, len(both), cohen_kappa(both))


def _rules(groups: Mapping[Subject, Sequence[DecisionEntry]]) -> Iterator[RulePrecision]:
    outcomes: dict[str, Counter[Outcome]] = {}
    for entries in groups.values():
        outcomes.setdefault(entries[0].rule, Counter())[outcome_of(entries)] += 1
    for rule in sorted(outcomes):
        yield RulePrecision(rule, outcomes[rule])
