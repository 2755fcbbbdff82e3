"""What a finding rests on: its claim, and the references that speak to that."""

from __future__ import annotations

from collections.abc import Iterator

from claims.model import Verdict
from reports.linking import live_link
from reports.model import AuditEntry, ClaimEntry, FindingEntry, ReferenceEntry, Report

VERDICT_RULES = {  # the rule that tells each verdict to an editor
    Verdict.OVERSTATED: "claim/overstated",
    Verdict.UNSUPPORTED: "claim/unsupported",
    Verdict.REFUTED: "claim/refuted",
    Verdict.CATEGORY_ERROR: "sense/nerve-root-as-substance",
}


def tells_verdict(finding: FindingEntry, claim: ClaimEntry) -> bool:
    """True where a finding is there because of the verdict on its claim, and not because of a turn of phrase."""
    return finding.rule == VERDICT_RULES.get(claim.verdict)


def claim_behind(finding: FindingEntry, audit: AuditEntry) -> ClaimEntry | None:
    """The claim that a finding is about; None where it is about none, or the whole page."""
    return next((claim for claim in audit.claims if claim.id == finding.claim), None)


def references_behind(claim: ClaimEntry | None, report: Report) -> Iterator[tuple[str, ReferenceEntry]]:
    """The references that a claim was judged by, the one that decided first, each with its id."""
    for evidence in claim.evidence if claim else ():
        if evidence.reference in report.references:
            yield evidence.reference, report.references[evidence.reference]


def live_place(finding: FindingEntry, audit: AuditEntry) -> str | None:
    """The web address that shows a page where a finding stands; None where there is none or it is not safe to link."""
    return None if finding.block is None else live_link(audit.url, audit.blocks[finding.block].fragment)


def references_of(audit: AuditEntry, report: Report) -> dict[str, ReferenceEntry]:
    """All references that the claims of one page cite, by id."""
    found = dict(pair for claim in audit.claims for pair in references_behind(claim, report))
    return {id: found[id] for id in sorted(found)}
