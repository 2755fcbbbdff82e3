"""Keeps back a suggested wording that would itself be flagged."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from claims.data import HERE, toml_at
from claims.examine import examine
from claims.model import BlockKind, Examination, Finding, Judgement, PageFacts, Passage, Sense
from claims.references import reference_set
from claims.rules.load import rule_set


def with_fair_wordings(examination: Examination) -> Examination:
    """The examination without those suggestions that would be flagged on the page they are written for."""
    senses = {judgement.claim.id: judgement.claim.sense for judgement in examination.judgements}
    return Examination(
        tuple(_with_fair_judgement(judgement) for judgement in examination.judgements),
        tuple(_with_fair_finding(finding, senses.get(finding.claim or "")) for finding in examination.findings),
    )


def is_fair(text: str, sense: Sense | None = None) -> bool:
    """True where a wording may be shown.

    Those of the reference set and of the rules are known to be fair, because a test examines each; any other is
    examined once in every sense.
    """
    return text in _wordings() or not rules_broken_by(text, sense)


@cache
def rules_broken_by(text: str, sense: Sense | None = None) -> tuple[str, ...]:
    """The rules that a wording would break under a heading of this sense; without one, where no sense is given.

    A wording that replaces talk of a substance is read as of the anatomy, which a mended page is about.
    """
    headings = toml_at(HERE / "messages.toml")["heading"]
    named = "herb" if sense is Sense.HERB else "anatomy"
    passages = [Passage(BlockKind.HEADING, headings[named])] if sense else []
    passages.append(Passage(BlockKind.PARAGRAPH, text))
    found = examine(passages, PageFacts()).findings
    return tuple(finding.rule for finding in found if finding.span and finding.span.block == len(passages) - 1)


@cache
def _wordings() -> frozenset[str]:
    references, rules = reference_set().references.values(), rule_set().rules.values()
    return frozenset(entry.fair_wording for entry in references) | frozenset(rule.instead for rule in rules)


def _with_fair_judgement(judgement: Judgement) -> Judgement:
    text = judgement.suggestion
    return judgement if text is None or is_fair(text, judgement.claim.sense) else replace(judgement, suggestion=None)


def _with_fair_finding(finding: Finding, sense: Sense | None) -> Finding:
    text = finding.suggestion
    return finding if text is None or is_fair(text, sense) else replace(finding, suggestion=None)
