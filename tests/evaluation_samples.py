"""Labelled pages and audits made by hand, for the tests of evaluations."""

from __future__ import annotations

from typing import Any

from auditor.evaluation.gold import GoldPage
from auditor.model import Article, Audit
from claims.model import (
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

SOUND = "Each spinal nerve has two roots."
WRONG = "One visit cures sciatica."
HEADING = "About us"


def unit(quote: str, verdict: str = "none", **labels: Any) -> dict[str, Any]:
    """A labelled unit: an asserted claim where it has a verdict, else no claim."""
    claim = verdict != "none"
    return {
        "quote": quote,
        "topic": "nerve-root",
        "claim": claim,
        "stance": "asserted",
        "verdict": verdict,
        "flags": [],
    } | labels


def page(*units: dict[str, Any], id: str = "p1", **labels: Any) -> GoldPage:
    """A labelled page whose text is its units."""
    text = "\n\n".join(each["quote"] for each in units)
    return GoldPage.model_validate({"id": id, "kind": "promo", "text": text, "units": units} | labels)


def judged(
    quote: str,
    verdict: Verdict,
    confidence: float = 0.9,
    stance: Stance = Stance.ASSERTED,
    cited: tuple[str, ...] = (),
) -> Judgement:
    claim = Claim("c", Span(0, 0, 1), quote, Topic.NERVE_ROOT, Sense.ANATOMY, stance, Strength.DIRECT)
    evidence = tuple(Evidence(each, Status.SUPPORTED, Certainty.HIGH) for each in cited)
    return Judgement(claim, verdict, confidence, "because", evidence)


def found(quote: str, rule: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, "message", Span(0, 0, 1) if quote else None, quote, None, None, rule)


def audit(*results: Judgement | Finding, id: str = "p1") -> Audit:
    judgements = tuple(each for each in results if isinstance(each, Judgement))
    findings = tuple(each for each in results if isinstance(each, Finding))
    article = Article(None, "en", None, None, (), PageFacts())
    return Audit(id, None, None, "0" * 64, article, Examination(judgements, findings))
