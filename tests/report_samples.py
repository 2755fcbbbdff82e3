"""Runs made by hand, for the tests of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model import Article, Audit, Block, Miss, Reason, Run, Skipped
from claims.model import (
    BlockKind,
    Certainty,
    Claim,
    Evidence,
    Examination,
    Finding,
    Judgement,
    PageFacts,
    Sense,
    Severity,
    Span,
    Stance,
    Status,
    Strength,
    Topic,
    Verdict,
)
from claims.references import CertaintyBasis, Reference, Source, SourceFit
from reports.building import report_of
from reports.decisions import DecisionEntry
from reports.model import ReferenceSetInfo, Report, ToolInfo
from reports.review.marking import marked

TOOL = ToolInfo(
    name="health-claim-auditor",
    version="0.1.0",
    language_model="en_core_web_sm-3.8.0",
    reference_set=ReferenceSetInfo(version="2026.11.01", sha256="a" * 64, claims=120),
    rules_sha256="b" * 64,
)
HEADING = "The wonders of nerve root"
FIRST = "Nerve roots are the first stretch of each spinal nerve. One visit cures sciatica for good."
SECOND = "Nerve root is an incredible natural substance that nourishes the nervous system."
THIRD = "Some healers believe that moonlight widens the foramina."


def source(**changes: object) -> Source:
    fields = {
        "author": "Jensen RK",
        "title": "Diagnosis and treatment of sciatica",
        "year": 2019,
        "identifier": "doi:10.1136/bmj.l6273; BMJ 367:l6273",
        "verified": True,
        "seen_at": "https://example.org/bmj",
    }
    return Source.model_validate(fields | changes)


def reference(id: str, statement: str, status: Status, certainty: Certainty, *sources: Source) -> Reference:
    return Reference.model_construct(
        id=id,
        topic="prognosis",
        statement=statement,
        status=status,
        certainty=certainty,
        certainty_basis=CertaintyBasis.EDITOR,
        source_fit=SourceFit.DIRECT,
        wording=statement,
        fair_wording=statement,
        scope="Adults.",
        reviewed=date(2026, 11, 1),
        frames=(),
        examples={},
        sources=sources or (source(),),
    )


REFERENCES = {
    entry.id: entry
    for entry in (
        reference(
            "root-first-segment",
            "A nerve root is the first stretch of a spinal nerve.",
            Status.SUPPORTED,
            Certainty.DEFINITION,
            source(author="US National Library of Medicine", title="Spinal Nerve Roots", identifier="MeSH D013126"),
        ),
        reference(
            "no-permanent-cure",
            "A single treatment cures sciatica for good.",
            Status.REFUTED,
            Certainty.MODERATE,
            source(),
            source(author="Someone", title="A talk", year=None, identifier="URL", verified=False, seen_at=None),
        ),
        reference("never-cited", "Nobody cites this one.", Status.MIXED, Certainty.LOW),
    )
}
BLOCKS = (
    Block(BlockKind.HEADING, HEADING, "", 1),
    Block(BlockKind.PARAGRAPH, FIRST, "", 3),
    Block(BlockKind.PARAGRAPH, SECOND, "", 5),
    Block(BlockKind.LIST_ITEM, THIRD, "", 7),
)


def span(block: int, quote: str, blocks: tuple[Block, ...] = BLOCKS) -> Span:
    start = blocks[block].text.index(quote)
    return Span(block, start, start + len(quote))


def judgement(id: str, block: int, quote: str, verdict: Verdict, because: str, **changes: object) -> Judgement:
    claim = Claim(
        id, span(block, quote), quote, Topic.NERVE_ROOT, Sense.ANATOMY, Stance.ASSERTED, Strength.DIRECT, (), None
    )
    return replace(Judgement(claim, verdict, 0.9, because), **changes)  # type: ignore[arg-type]


def finding(rule: str, severity: Severity, message: str, place: Span | None, quote: str, **changes: object) -> Finding:
    made = Finding(rule, severity, message, place, quote, None, None, f"{rule}-{quote[:5]}")
    return replace(made, **changes)  # type: ignore[arg-type]


CURE = "One visit cures sciatica for good."
JUDGEMENTS = (
    judgement(
        "c1",
        1,
        "Nerve roots are the first stretch of each spinal nerve.",
        Verdict.SUPPORTED,
        "The reference agrees at the strength stated.",
        evidence=(Evidence("root-first-segment", Status.SUPPORTED, Certainty.DEFINITION),),
    ),
    judgement(
        "c2",
        1,
        CURE,
        Verdict.REFUTED,
        "The reference says that nothing cures sciatica for good.",
        evidence=(Evidence("no-permanent-cure", Status.REFUTED, Certainty.MODERATE),),
        suggestion="Most sciatica eases within weeks.",
    ),
    judgement("c3", 2, SECOND, Verdict.CATEGORY_ERROR, "A nerve root is a part of the body, not a substance."),
    judgement("c4", 3, THIRD, Verdict.NOT_JUDGED, "It is reported as what some healers believe."),
)
FINDINGS = (
    finding(
        "claim/refuted",
        Severity.ERROR,
        "The evidence says otherwise.",
        span(1, CURE),
        CURE,
        claim="c2",
        suggestion="Most sciatica eases within weeks.",
    ),
    finding("promo/cure", Severity.ERROR, "“cures” promises a cure.", span(1, "cures"), "cures", claim="c2"),
    finding(
        "sense/nerve-root-as-substance", Severity.ERROR, "A nerve root is no substance.", span(2, SECOND), SECOND,
        claim="c3",
    ),
    finding("promo/miracle", Severity.WARNING, "Wonder words.", span(0, "wonders"), "wonders"),
    finding("page/no-author", Severity.NOTE, "The page names no author.", None, ""),
)  # fmt: skip


def audit(**changes: object) -> Audit:
    article = Article(HEADING, "en", None, None, BLOCKS, PageFacts())
    made = Audit("wonders.md", None, None, "c" * 64, article, Examination(JUDGEMENTS, FINDINGS))
    return replace(made, **changes)  # type: ignore[arg-type]


MISS = Skipped("https://example.org/gone", Miss.FAILED, Reason("fetch/status", "the server answered 404"))


def report(*outcomes: Audit | Skipped) -> Report:
    return report_of(Run(outcomes or (audit(),)), TOOL, REFERENCES)


def decision(finding: Finding, decided: str, **changes: object) -> DecisionEntry:
    """What Ana Example, a reviewer, decided on a finding of `audit()`."""
    fields = {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "input": "wonders.md",
        "quote": finding.quote,
        "decision": decided,
        "reviewer": "Ana Example",
        "note": "the heading of a fairy tale",
        "decided_at": "2026-11-02T09:30:00Z",
    }
    return DecisionEntry.model_validate(fields | changes)


TODAY = date(2026, 11, 20)
REFUTED, CURED, SUBSTANCE, MIRACLE, NO_AUTHOR = FINDINGS
DECISIONS = (
    decision(MIRACLE, "false-alarm", expires="2027-01-31"),
    decision(REFUTED, "confirm", reviewer="Ben Example", note="checked against the trial"),
    decision(NO_AUTHOR, "false-alarm", note="the author stands in the imprint"),
)


def decided_report() -> Report:
    """A file and a page of the web with the same text, both with decisions, and a page that was not audited."""
    blocks = (*BLOCKS[:1], replace(BLOCKS[1], fragment=":~:text=Nerve%20roots%20are"), *BLOCKS[2:])
    article = replace(audit().article, author="Cleo Example", published="2026-10-01", blocks=blocks)
    page = audit(source="https://example.org/w", url="https://example.org/wonders", article=article)
    return marked(report(audit(), page, MISS), DECISIONS, TODAY).report
