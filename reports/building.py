"""Turns a run into its report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.model import Audit, Block, Fact, Outcome, Run, Skipped
from claims.model import Evidence, Finding, Judgement
from reports.model import (
    AuditEntry,
    BlockEntry,
    ClaimEntry,
    EvidenceEntry,
    FactEntry,
    FindingEntry,
    MissEntry,
    ReasonEntry,
    ReferenceEntry,
    Report,
    SourceEntry,
    ToolInfo,
)

if TYPE_CHECKING:
    from claims.references import Reference

_SURROGATES = re.compile(r"[\ud800-\udfff]")


def report_of(run: Run, tool: ToolInfo, references: Mapping[str, Reference]) -> Report:
    """The report of a run, with those of the references that its claims cite."""
    cited = {evidence.reference for outcome in run.outcomes for evidence in _evidence_of(outcome)}
    return Report(
        schema_version="1",
        complete=run.complete,
        tool=tool,
        audits=tuple(_entry_of(outcome) for outcome in run.outcomes),
        references={id: reference_entry(references[id]) for id in sorted(cited)},
    )


def _evidence_of(outcome: Outcome) -> tuple[Evidence, ...]:
    if isinstance(outcome, Skipped):
        return ()
    return tuple(evidence for judgement in outcome.examination.judgements for evidence in judgement.evidence)


def _entry_of(outcome: Outcome) -> AuditEntry | MissEntry:
    return _miss_entry(outcome) if isinstance(outcome, Skipped) else _audit_entry(outcome)


def _miss_entry(miss: Skipped) -> MissEntry:
    reason = ReasonEntry(code=miss.reason.code, message=_valid(miss.reason.message))
    return MissEntry(input=_valid(miss.source), status=miss.status.value, reason=reason)


def _audit_entry(audit: Audit) -> AuditEntry:
    article = audit.article
    return AuditEntry(
        input=_valid(audit.source),
        url=_valid_or_none(audit.url),
        status="ok",
        title=_valid_or_none(article.title),
        language=_valid_or_none(article.language),
        author=_valid_or_none(article.author),
        published=_valid_or_none(article.published),
        fetched_at=audit.fetched_at,
        text_sha256=audit.text_sha256,
        blocks=tuple(_block_entry(block) for block in article.blocks),
        claims=tuple(_claim_entry(judgement) for judgement in audit.examination.judgements),
        findings=tuple(_finding_entry(finding) for finding in audit.examination.findings),
        about=tuple(map(_fact_entry, article.about)),
        robots=tuple(map(_valid, article.robots)),
    )


def _block_entry(block: Block) -> BlockEntry:
    return BlockEntry(
        kind=block.kind,
        text=_valid(block.text),
        path=_valid(block.path),
        line=block.line,
        role=block.role,
        fragment=_valid_or_none(block.fragment),
        header=_valid_or_none(block.header),
        origin=_valid_or_none(block.origin),
    )


def _fact_entry(fact: Fact) -> FactEntry:
    return FactEntry(fact=fact.kind, value=_valid(fact.value), origin=_valid(fact.origin))


def _claim_entry(judgement: Judgement) -> ClaimEntry:
    claim = judgement.claim
    return ClaimEntry(
        id=claim.id,
        block=claim.span.block,
        start=claim.span.start,
        end=claim.span.end,
        quote=_valid(claim.quote),
        topic=claim.topic,
        sense=claim.sense,
        stance=claim.stance,
        strength=claim.strength,
        verdict=judgement.verdict,
        confidence=round(judgement.confidence, 3),
        because=_valid(judgement.because),
        evidence=tuple(
            EvidenceEntry(reference=evidence.reference, status=evidence.status, certainty=evidence.certainty)
            for evidence in judgement.evidence
        ),
        suggestion=_valid_or_none(judgement.suggestion),
    )


def _finding_entry(finding: Finding) -> FindingEntry:
    span = finding.span
    return FindingEntry(
        rule=finding.rule,
        severity=finding.severity,
        message=_valid(finding.message),
        block=span.block if span else None,
        start=span.start if span else None,
        end=span.end if span else None,
        quote=_valid(finding.quote),
        claim=finding.claim,
        suggestion=_valid_or_none(finding.suggestion),
        fingerprint=finding.fingerprint,
    )


def reference_entry(reference: Reference) -> ReferenceEntry:
    """A reference claim as a report shows it, with its sources."""
    return ReferenceEntry(
        statement=reference.statement,
        status=reference.status,
        certainty=reference.certainty,
        wording=reference.wording,
        sources=tuple(
            SourceEntry(
                author=source.author,
                title=source.title,
                year=source.year,
                identifier=source.identifier,
                verified=source.verified,
                seen_at=source.seen_at,
                note=source.note,
                fit=reference.source_fit.value,
            )
            for source in reference.sources
        ),
    )


def _valid(text: str) -> str:
    """Text that can be written as UTF-8; a lone surrogate gives way to one other character, so that offsets hold."""
    return _SURROGATES.sub("\ufffd", text)


def _valid_or_none(text: str | None) -> str | None:
    return None if text is None else _valid(text)
