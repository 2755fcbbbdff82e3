"""Brings files of decisions to a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from reports.decisions import DecisionEntry, decisions_at
from reports.model import Report
from reports.review.marking import marked
from reports.review.merging import merged
from reports.review.warning import warnings_on


def decisions_in(paths: Iterable[str]) -> tuple[DecisionEntry, ...]:
    """The decisions of several files together; raises `UnreadableDecisions` for a file that has none."""
    return merged(decisions_at(path) for path in paths).decisions


def reviewed(
    report: Report, decisions: Sequence[DecisionEntry], today: date | None = None
) -> tuple[Report, tuple[str, ...]]:
    """The report marked with the decisions, and one line for each decision that does not count or match."""
    day = today or datetime.now(UTC).date()
    found = marked(report, decisions, day)
    names = {name for audit in report.audited for name in (audit.input, audit.url) if name}
    return found.report, tuple(warnings_on(decisions, found.present, names, day))
