"""The report as Markdown, to paste as a comment into an editorial system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.model import Verdict
from reports.basis import claim_behind, live_place, references_behind, tells_verdict
from reports.linking import link_of, web_link
from reports.look import Look
from reports.markdown_text import linked, unlinked
from reports.model import AuditEntry, FindingEntry, MissEntry, ReferenceEntry, Report
from reports.plain import harmless
from reports.wording import (
    NO_GUARANTEE,
    SEVERITIES,
    VERDICTS,
    caveats,
    citation,
    confirmation,
    counted,
    fraction,
    reason,
    standing,
    suppression,
    tally,
)

_SOURCES_SHOWN = 2


def render(report: Report, look: Look) -> str:
    """Findings page by page, the gravest first; whatever comes from a page is escaped."""
    del look  # the site that shows it gives it its look
    report = harmless(report)
    lines = [line for audit in report.audited for line in _page(report, audit)]
    lines += [*_missed(report.missed), *_foot(report)]
    return "\n".join(lines) + "\n"


def _page(report: Report, audit: AuditEntry) -> Iterator[str]:
    yield from (f"## Health claims in “{unlinked(audit.title or audit.input)}”", "")
    yield from (linked(audit.url or audit.input, web_link(audit.url)), "")
    yield from (_counts(audit), "")
    number = 0
    for severity in SEVERITIES:
        found = [finding for finding in audit.alarms if finding.severity is severity]
        if found:
            yield from (f"### {severity.value.capitalize()}s ({len(found)})", "")
        for finding in found:
            number += 1
            yield from _finding(report, audit, finding, number)
    yield from _suppressed(audit)


def _counts(audit: AuditEntry) -> str:
    verdicts = [claim.verdict for claim in audit.claims]
    if not verdicts:
        return "No health claim about nerve roots was found."
    others = [f"{number} {VERDICTS[verdict]}" for verdict, number in tally(verdicts) if verdict != Verdict.SUPPORTED]
    return f"**{fraction(verdicts)}**" + (f"; {', '.join(others)}." if others else ".")


def _finding(report: Report, audit: AuditEntry, finding: FindingEntry, number: int) -> Iterator[str]:
    """A list item: the quote, then its reason, its evidence and what to write instead."""
    margin = " " * (len(str(number)) + 2)
    yield f"{number}. **{unlinked(finding.rule)}** · {_place(audit, finding)}"
    if finding.quote:
        yield from ("", f"{margin}> {unlinked(finding.quote)}")
    for line in (unlinked(reason(finding)), *_grounds(report, audit, finding), *_cure(finding)):
        yield from ("", margin + line)
    yield ""


def _grounds(report: Report, audit: AuditEntry, finding: FindingEntry) -> Iterator[str]:
    claim = claim_behind(finding, audit)
    if claim is None or not tells_verdict(finding, claim):
        return
    because = "" if claim.because == finding.message else f": {unlinked(claim.because)}"
    yield f"Verdict: {VERDICTS[claim.verdict]}, confidence {claim.confidence:.2f}{because}"
    yield from (_reference(reference) for _, reference in references_behind(claim, report))


def _reference(reference: ReferenceEntry) -> str:
    sources = "; ".join(
        linked(citation(source), link_of(source)) + "".join(f" ({unlinked(caveat)})" for caveat in caveats(source))
        for source in reference.sources[:_SOURCES_SHOWN]
    )
    return f"Evidence: {unlinked(reference.statement)} ({standing(reference)}) – {sources}"


def _cure(finding: FindingEntry) -> Iterator[str]:
    if finding.suggestion:
        yield f"Instead: {unlinked(finding.suggestion)}"
    if finding.confirmed:
        yield f"Confirmed {unlinked(confirmation(finding))}"


def _place(audit: AuditEntry, finding: FindingEntry) -> str:
    if finding.block is None:
        return "the whole page"
    return linked(f"line {audit.blocks[finding.block].line}", live_place(finding, audit))


def _suppressed(audit: AuditEntry) -> Iterator[str]:
    if audit.suppressed:
        yield from (f"### Suppressed ({len(audit.suppressed)})", "")
    for finding in audit.suppressed:
        quoted = f" “{unlinked(finding.quote)}”" if finding.quote else ""
        yield f"- {unlinked(finding.rule)} · {_place(audit, finding)}{quoted} – {unlinked(suppression(finding))}"
    if audit.suppressed:
        yield ""


def _missed(missed: Sequence[MissEntry]) -> Iterator[str]:
    if missed:
        yield from (f"## Not audited ({len(missed)})", "")
    for miss in missed:
        yield f"- {unlinked(miss.input)}: {miss.status}, because {unlinked(miss.reason.message)}"
    if missed:
        yield ""


def _foot(report: Report) -> Iterator[str]:
    if not report.complete:
        yield from ("**This run was cut short: some inputs are not in this report.**", "")
    tool = report.tool
    reference_set = f"{counted(tool.reference_set.claims, 'reference claim')} of {tool.reference_set.version}"
    yield f"{NO_GUARANTEE} {unlinked(f'{tool.name} {tool.version}')}, {unlinked(reference_set)}."
