"""The report as a table: one row a finding, as comma-separated values that no spreadsheet takes for formulas.

RFC 4180 for the form; OWASP, CSV Injection, for the cells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from reports.basis import claim_behind, live_place
from reports.cells import defused
from reports.look import Look
from reports.model import AuditEntry, FindingEntry, MissEntry, Report

COLUMNS = (
    "input",
    "url",
    "title",
    "language",
    "author",
    "published",
    "fetched_at",
    "text_sha256",
    "status",
    "reason",
    "rule",
    "severity",
    "line",
    "block",
    "start",
    "end",
    "quote",
    "link",
    "message",
    "suggestion",
    "verdict",
    "confidence",
    "because",
    "references",
    "suppressed_by",
    "suppressed_because",
    "suppressed_until",
    "confirmed_by",
    "confirmed_at",
    "fingerprint",
)
_INCOMPLETE = "this run was cut short: some inputs are not in this report"

Row = dict[str, str | int | float | None]


def render(report: Report, look: Look) -> str:
    """A row for each finding, and one with its reason for each page that was not audited."""
    del look  # a table looks the same everywhere
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    for row in _rows(report):
        writer.writerow({name: defused(value) if isinstance(value, str) else value for name, value in row.items()})
    return stream.getvalue()


def _rows(report: Report) -> Iterator[Row]:
    for entry in report.audits:
        if isinstance(entry, MissEntry):
            yield {"input": entry.input, "status": entry.status, "reason": _reason(entry)}
        else:
            yield from (_page(entry) | _finding(entry, finding) for finding in entry.findings)
    if not report.complete:
        yield {"status": "incomplete", "reason": _INCOMPLETE}


def _reason(miss: MissEntry) -> str:
    return f"{miss.reason.code}: {miss.reason.message}"


def _page(audit: AuditEntry) -> Row:
    names = ("input", "url", "title", "language", "author", "published", "fetched_at", "text_sha256", "status")
    return {name: getattr(audit, name) for name in names}


def _finding(audit: AuditEntry, finding: FindingEntry) -> Row:
    names = ("rule", "message", "block", "start", "end", "quote", "suggestion", "fingerprint")
    line = None if finding.block is None else audit.blocks[finding.block].line
    row: Row = {name: getattr(finding, name) for name in names}
    place: Row = {"line": line, "link": live_place(finding, audit)}
    return row | {"severity": finding.severity.value} | place | _claim(audit, finding) | _decision(finding)


def _claim(audit: AuditEntry, finding: FindingEntry) -> Row:
    claim = claim_behind(finding, audit)
    if claim is None:
        return {}
    cited = " ".join(evidence.reference for evidence in claim.evidence)
    return {
        "verdict": claim.verdict.value,
        "confidence": claim.confidence,
        "because": claim.because,
        "references": cited,
    }


def _decision(finding: FindingEntry) -> Row:
    suppressed, confirmed = finding.suppressed, finding.confirmed
    row: Row = {}
    if suppressed:
        until = suppressed.expires.isoformat() if suppressed.expires else ""
        row |= {"suppressed_by": suppressed.by, "suppressed_because": suppressed.reason, "suppressed_until": until}
    if confirmed:
        row |= {"confirmed_by": confirmed.by, "confirmed_at": confirmed.at}
    return row
