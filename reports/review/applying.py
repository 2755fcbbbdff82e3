"""Turns decisions on a report into suppressions and into labelled pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from reports.decisions import Decision, DecisionEntry, DecisionFile, decisions_text
from reports.model import Report
from reports.review.gold_lines import Labelled, labelled_pages
from reports.review.settling import Outcome, by_subject, outcome_of
from reports.review.using import reviewed
from reports.wording import counted


@dataclass(frozen=True, slots=True)
class Applied:
    """The texts of both files, one paragraph on them, and what someone should hear."""

    suppressions: str
    gold: str
    summary: str
    warnings: tuple[str, ...]


def applied(decisions: Sequence[DecisionEntry], report: Report, today: date | None = None) -> Applied:
    """What decisions, one of each reviewer on each finding, make of a report."""
    day = today or datetime.now(UTC).date()
    _, warnings = reviewed(report, decisions, day)
    current = [entry for entry in decisions if not entry.is_expired(day)]
    false_alarms = _false_alarms(current)
    labelled = labelled_pages(report, current)
    file = DecisionFile(schema_version="1", decisions=false_alarms)
    return Applied(decisions_text(file), labelled.text, _summary(false_alarms, labelled), warnings)


def _false_alarms(decisions: Sequence[DecisionEntry]) -> tuple[DecisionEntry, ...]:
    agreed = [group for group in by_subject(decisions).values() if outcome_of(group) is Outcome.FALSE_ALARM]
    return tuple(entry for group in agreed for entry in group if entry.decision is Decision.FALSE_ALARM)


def _summary(false_alarms: Sequence[DecisionEntry], labelled: Labelled) -> str:
    left = f"; {counted(labelled.left_out, 'sentence')} with something open left out" if labelled.left_out else ""
    findings = len({entry.subject for entry in false_alarms})
    pages, units = counted(labelled.pages, "labelled page"), counted(labelled.units, "sentence")
    return f"{counted(findings, 'false alarm')}; {pages} with {units}{left}.\n"
