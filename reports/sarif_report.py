"""The report as SARIF 2.1.0, for code scanning and its viewers.

OASIS Static Analysis Results Interchange Format 2.1.0, errata 01. The text as it was read is each page's artifact, and
regions are places in that text; of a file, its lines are those of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from auditor.inputs import is_url
from claims.model import Severity
from reports.basis import claim_behind, live_place
from reports.look import Look, RuleText
from reports.model import AuditEntry, FindingEntry, MissEntry, Report
from reports.snapshot import Snapshot, snapshot_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "healthClaim/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_MISS_LEVELS = {"failed": "error", "skipped": "warning"}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    audit: AuditEntry
    snapshot: Snapshot
    uri: str


def render(report: Report, look: Look) -> str:
    """One run with a result for each finding and a notification for each page that was not audited."""
    pages = [_page(number, audit) for number, audit in enumerate(report.audited)]
    ids = sorted({finding.rule for finding in report.findings})
    run = {
        "tool": {"driver": _driver(report, ids, look.rules)},
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(page) for page in pages],
        "results": [result for page in pages for result in _results(report, page, ids)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\n"],
        "properties": {"complete": report.complete, **_versions(report)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _page(number: int, audit: AuditEntry) -> _Page:
    from_web = audit.url is not None or is_url(audit.input)
    uri = _web_uri(number, audit) if from_web else _file_uri(audit.input)
    return _Page(number, audit, snapshot_of(audit.blocks, keep_lines=not from_web), uri)


def _web_uri(number: int, audit: AuditEntry) -> str:
    """A relative name, because readers of SARIF look for files: the address stands in the properties."""
    host = urlsplit(audit.url or audit.input).hostname or "page"
    return f"pages/{number + 1}-{quote(host, safe='')}.txt"


def _file_uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/")


def _driver(report: Report, ids: Sequence[str], rules: Mapping[str, RuleText]) -> Json:
    return {
        "name": report.tool.name,
        "version": report.tool.version,
        "rules": [_rule(id, rules.get(id)) for id in ids],
    }


def _rule(id: str, rule: RuleText | None) -> Json:
    if rule is None:  # saved by a version that had other rules
        return {"id": id}
    basis = "; ".join(rule.basis)
    return {
        "id": id,
        "shortDescription": {"text": rule.why},
        "help": {
            "text": f"{rule.why} Basis: {basis}. More: audit.py explain {id}",
            "markdown": f"{rule.why}\n\n**Basis:** {basis}.\n\nMore: `audit.py explain {id}`",
        },
        "properties": {"tags": ["health-claims", id.partition("/")[0]], "basis": list(rule.basis)},
    }


def _invocation(report: Report) -> Json:
    failed = any(miss.status == "failed" for miss in report.missed)
    return {
        "executionSuccessful": report.complete and not failed,
        "toolExecutionNotifications": [_notification(miss) for miss in report.missed],
    }


def _notification(miss: MissEntry) -> Json:
    return {
        "level": _MISS_LEVELS[miss.status],
        "message": {"text": _message(f"{miss.input}: {miss.status}, because {miss.reason.message}")},
        "descriptor": {"id": miss.reason.code},
        "properties": {"input": miss.input, "status": miss.status},
    }


def _artifact(page: _Page) -> Json:
    audit = page.audit
    facts = {name: getattr(audit, name) for name in ("title", "language", "author", "published", "fetched_at")}
    facts["pageUrl"] = audit.url
    return {
        "location": {"uri": page.uri},
        "description": {"text": "The text of the page as it was read, block by block."},
        "roles": ["analysisTarget"],
        "mimeType": "text/plain",
        "encoding": "utf-8",
        "contents": {"text": page.snapshot.text},
        "properties": {
            "input": audit.input,
            "textSha256": audit.text_sha256,
            **{name: value for name, value in facts.items() if value is not None},
        },
    }


def _results(report: Report, page: _Page, ids: Sequence[str]) -> Iterator[Json]:
    reviewed = any(report.suppressed)
    for finding in page.audit.findings:
        result = {
            "ruleId": finding.rule,
            "ruleIndex": ids.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(_told(finding))},
            "locations": [{"physicalLocation": _location(page, finding)}],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": _properties(page.audit, finding),
        }
        # section 3.27.23: where one result of a run has suppressions, all have them, empty where there are none
        yield result | ({"suppressions": _suppressions(finding)} if reviewed else {})


def _told(finding: FindingEntry) -> str:
    return f"{finding.message} Instead: {finding.suggestion}" if finding.suggestion else finding.message


def _location(page: _Page, finding: FindingEntry) -> Json:
    artifact = {"artifactLocation": {"uri": page.uri, "index": page.number}}
    if finding.block is None or finding.start is None or finding.end is None:
        return artifact
    place = page.snapshot.place_of(finding.block, finding.start, finding.end)
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.offset,
        "charLength": place.length,
        "snippet": {"text": finding.quote},
    }
    return artifact | {"region": region}


def _properties(audit: AuditEntry, finding: FindingEntry) -> Json:
    properties: Json = {"input": audit.input, "pageUrl": audit.url, "path": _path(audit, finding)}
    properties["link"] = live_place(finding, audit)
    if claim := claim_behind(finding, audit):
        properties |= {
            "verdict": claim.verdict.value,
            "confidence": claim.confidence,
            "because": claim.because,
            "references": [evidence.reference for evidence in claim.evidence],
        }
    if finding.confirmed:
        properties["confirmed"] = finding.confirmed.model_dump(mode="json")
    return {name: value for name, value in properties.items() if value is not None}


def _path(audit: AuditEntry, finding: FindingEntry) -> str | None:
    return None if finding.block is None else audit.blocks[finding.block].path or None


def _suppressions(finding: FindingEntry) -> list[Json]:
    if not (said := finding.suppressed):
        return []
    until = {"expires": said.expires.isoformat()} if said.expires else {}
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": said.reason,
            "properties": {"by": said.by, **until},
        }
    ]


def _versions(report: Report) -> Json:
    tool = report.tool
    return {
        "languageModel": tool.language_model,
        "referenceSet": tool.reference_set.model_dump(mode="json"),
        "rulesSha256": tool.rules_sha256,
    }


def _message(text: str) -> str:
    """Plain text in which no link stands: section 3.11.6 makes one of `[words](target)`."""
    return text.replace("](", "]\u2060(")
