"""The report as workflow commands, which GitHub Actions shows beside the lines of a change.

The escaping is that of GitHub's own toolkit (`@actions/core`, command.ts). A step may annotate ten errors, ten
warnings and ten notices; what is over is dropped without a word, so the last of ten says how many there are more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.inputs import is_url
from claims.model import Severity
from reports.look import Look
from reports.model import AuditEntry, FindingEntry, Report
from reports.plain import plain, shortened
from reports.wording import SEVERITIES, counted, suppression

MOST = 10
_LONGEST = 1000
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    command: str
    title: str
    message: str
    file: str | None = None
    line: int | None = None


def render(report: Report, look: Look) -> str:
    """A command for each finding, the gravest first; suppressed ones are notices that say so."""
    del look  # GitHub alone reads it
    annotations = [*_misses(report), *_findings(report), *_suppressed(report)]
    chosen = [shown for command in _COMMANDS.values() for shown in _within_limits(annotations, command)]
    return "".join(_line(annotation) for annotation in chosen)


def _misses(report: Report) -> Iterator[_Annotation]:
    if not report.complete:
        yield _Annotation("warning", "not complete", "This run was cut short: some inputs are not in this report.")
    for miss in report.missed:
        yield _Annotation("warning", "not audited", f"{miss.input}: {miss.status}, because {miss.reason.message}")


def _findings(report: Report) -> Iterator[_Annotation]:
    for severity in SEVERITIES:
        for audit in report.audited:
            for finding in (each for each in audit.alarms if each.severity is severity):
                yield _placed(audit, finding, _COMMANDS[severity], finding.rule, _told(finding))


def _suppressed(report: Report) -> Iterator[_Annotation]:
    for audit in report.audited:
        for finding in audit.suppressed:
            message = f"{suppression(finding)} – {finding.message}"
            yield _placed(audit, finding, "notice", f"suppressed: {finding.rule}", message)


def _told(finding: FindingEntry) -> str:
    return f"{finding.message} Instead: {finding.suggestion}" if finding.suggestion else finding.message


def _placed(audit: AuditEntry, finding: FindingEntry, command: str, title: str, message: str) -> _Annotation:
    """The annotation in its file; on a page of the web or standard input, which have none, with the page's name."""
    quoted = f" “{finding.quote}”" if finding.quote and finding.quote not in message else ""
    if audit.url is not None or is_url(audit.input) or audit.input == "-":
        return _Annotation(command, title, f"{audit.url or audit.input}: {message}{quoted}")
    line = 1 if finding.block is None else audit.blocks[finding.block].line
    return _Annotation(command, title, message + quoted, audit.input, line)


def _within_limits(annotations: Iterable[_Annotation], command: str) -> Iterator[_Annotation]:
    wanted = [annotation for annotation in annotations if annotation.command == command]
    if len(wanted) <= MOST:
        yield from wanted
        return
    yield from wanted[: MOST - 1]
    more = counted(len(wanted) - MOST + 1, f"more {command}")
    yield _Annotation(command, more, f"There are {more}; the full report names them all.")


def _line(annotation: _Annotation) -> str:
    place = [("file", annotation.file), ("line", annotation.line)] if annotation.file else []
    properties = [*place, ("title", shortened(annotation.title, 200))]
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties)
    return f"::{annotation.command} {told}::{_data(shortened(annotation.message, _LONGEST))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")
