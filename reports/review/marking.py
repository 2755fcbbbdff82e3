"""Marks the findings of a report with what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.decisions import Decision, DecisionEntry
from reports.model import AND, AuditEntry, ConfirmationEntry, FindingEntry, MissEntry, Report, SuppressionEntry
from reports.review.settling import Outcome, Subject, by_subject, outcome_of

Groups = Mapping[Subject, tuple[DecisionEntry, ...]]


@dataclass(frozen=True, slots=True)
class Marked:
    """The report with its marks, and what decisions may call its findings."""

    report: Report
    present: frozenset[Subject]


def marked(report: Report, decisions: Sequence[DecisionEntry], today: date) -> Marked:
    """The report with every finding suppressed or confirmed as decided; no finding is dropped.

    A finding is suppressed where it was decided to be a false alarm and nobody confirmed it, and the other way round.
    Expired decisions do not count; a finding on which there is none keeps the marks that it has.
    """
    groups = by_subject(entry for entry in decisions if not entry.is_expired(today))
    present = frozenset(subject for audit in report.audited for subject in _subjects_in(audit))
    audits = tuple(_marked_entry(entry, groups) for entry in report.audits)
    return Marked(report.model_copy(update={"audits": audits}), present)


def subjects_of(finding: FindingEntry, audit: AuditEntry) -> tuple[Subject, ...]:
    """What a decision on this finding may call it: a page has the name it was given and its final address."""
    if finding.quote:
        return ((finding.fingerprint, ""),)
    return tuple((finding.fingerprint, page) for page in (audit.input, audit.url) if page is not None)


def decisions_on(finding: FindingEntry, audit: AuditEntry, groups: Groups) -> tuple[DecisionEntry, ...]:
    """The decisions that were made on a finding."""
    return next((groups[subject] for subject in subjects_of(finding, audit) if subject in groups), ())


def _subjects_in(audit: AuditEntry) -> Iterator[Subject]:
    return (subject for finding in audit.findings for subject in subjects_of(finding, audit))


def _marked_entry(entry: AuditEntry | MissEntry, groups: Groups) -> AuditEntry | MissEntry:
    if isinstance(entry, MissEntry):
        return entry
    findings = tuple(_marked_finding(finding, decisions_on(finding, entry, groups)) for finding in entry.findings)
    return entry.model_copy(update={"findings": findings})


def _marked_finding(finding: FindingEntry, entries: Sequence[DecisionEntry]) -> FindingEntry:
    if not entries:
        return finding
    outcome = outcome_of(entries)
    return finding.model_copy(
        update={
            "suppressed": _suppression(entries) if outcome is Outcome.FALSE_ALARM else None,
            "confirmed": _confirmation(entries) if outcome is Outcome.CONFIRMED else None,
        }
    )


def _suppression(entries: Sequence[DecisionEntry]) -> SuppressionEntry:
    agreeing = [entry for entry in entries if entry.decision is Decision.FALSE_ALARM]
    ends = [entry.expires for entry in agreeing if entry.expires]
    return SuppressionEntry(
        by=AND.join(entry.reviewer for entry in agreeing),
        reason="; ".join(dict.fromkeys(entry.note for entry in agreeing)),
        expires=max(ends) if len(ends) == len(agreeing) else None,
    )


def _confirmation(entries: Sequence[DecisionEntry]) -> ConfirmationEntry:
    agreeing = [entry for entry in entries if entry.decision is Decision.CONFIRM]
    return ConfirmationEntry(
        by=AND.join(entry.reviewer for entry in agreeing),
        at=max(entry.decided_at for entry in agreeing).isoformat().replace("+00:00", "Z"),
        note="; ".join(dict.fromkeys(entry.note for entry in agreeing if entry.note)),
    )
