"""The report as JSON lines: one page a line, and each line a whole report."""

from __future__ import annotations

import json

from reports.basis import references_of
from reports.look import Look
from reports.model import AuditEntry, MissEntry, Report


def render(report: Report, look: Look) -> str:
    """One line for each page that was named, in order; it holds no more references than its page cites."""
    del look  # JSON looks the same everywhere
    return "".join(_line(report, entry) for entry in report.audits)


def _line(report: Report, entry: AuditEntry | MissEntry) -> str:
    cited = references_of(entry, report) if isinstance(entry, AuditEntry) else {}
    alone = report.model_copy(update={"audits": (entry,), "references": cited})
    return json.dumps(alone.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")) + "\n"
