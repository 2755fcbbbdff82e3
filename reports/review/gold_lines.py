"""Turns what reviewers settled into labelled pages, as `audit.py evaluate` reads them.

What nobody decides on is taken from the audit: the topic and the stance of a sentence, and that it is sound. A verdict
decided to be a false alarm becomes `supported`: its words need no change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.model import BlockKind, Stance, Verdict
from reports.basis import claim_behind, tells_verdict
from reports.choosing import family_of
from reports.decisions import DecisionEntry
from reports.markdown_text import escaped
from reports.model import AuditEntry, BlockEntry, ClaimEntry, FindingEntry, Report
from reports.review.marking import Groups, decisions_on
from reports.review.settling import Outcome, by_subject, outcome_of

KIND = "reviewed"
_SETTLED = (Outcome.CONFIRMED, Outcome.FALSE_ALARM)
_FLAG_FAMILIES, _PAGE_FAMILIES = ("promo", "safety"), ("page", "sense", "safety")
_MARKUP = {BlockKind.LIST_ITEM: "- ", BlockKind.QUOTE: "> "}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The lines, how many pages and sentences they label, and how many sentences something is open on."""

    text: str
    pages: int
    units: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence on which findings stand, with what became of each; None for one that nobody decided on."""

    quote: str
    claim: ClaimEntry | None
    outcomes: tuple[tuple[FindingEntry, Outcome | None], ...]
    notes: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        return all(outcome in _SETTLED for _, outcome in self.outcomes)


def labelled_pages(report: Report, decisions: Sequence[DecisionEntry]) -> Labelled:
    """One line for each page on which a sentence, or the page itself, is settled; the same page stands in one line."""
    groups = by_subject(decisions)
    lines: dict[str, Json] = {}
    left_out = 0
    for audit in report.audited:
        sentences = list(_sentences(audit, groups))
        units = [unit for sentence in sentences if (unit := _unit(sentence))]
        flags = _page_flags(audit, groups)
        left_out += sum(any(outcome for _, outcome in each.outcomes) for each in sentences) - len(units)
        if units or flags is not None:
            page = _page(audit, units, flags)
            lines[page["id"]] = page
    text = "".join(json.dumps(page, ensure_ascii=False) + "\n" for page in lines.values())
    return Labelled(text, len(lines), sum(len(page["units"]) for page in lines.values()), left_out)


def _sentences(audit: AuditEntry, groups: Groups) -> Iterator[_Sentence]:
    places: dict[tuple[int, int, int], list[FindingEntry]] = {}
    for finding in audit.findings:
        if finding.block is not None and finding.start is not None and finding.end is not None:
            places.setdefault((finding.block, finding.start, finding.end), []).append(finding)
    for place in sorted(places):
        findings = places[place]
        made = [decisions_on(finding, audit, groups) for finding in findings]
        yield _Sentence(
            findings[0].quote,
            next((claim for finding in findings if (claim := claim_behind(finding, audit))), None),
            tuple((f, outcome_of(entries) if entries else None) for f, entries in zip(findings, made, strict=True)),
            tuple(_note(entry) for entries in made for entry in entries),
        )


def _note(entry: DecisionEntry) -> str:
    said = f"{entry.rule} {entry.decision.value} by {entry.reviewer}"
    return f"{said}: {entry.note}" if entry.note else said


def _unit(sentence: _Sentence) -> Json | None:
    """The labels of a settled sentence; None where something is open, or where the format has no label for it."""
    verdict = _verdict(sentence)
    if not sentence.is_settled or verdict is None:
        return None
    claim = sentence.claim
    return {
        "quote": sentence.quote,
        "topic": claim.topic.value if claim else "other",
        "claim": claim is not None,
        "stance": claim.stance.value if claim else Stance.ASSERTED.value,
        "verdict": verdict,
        "flags": sorted(_confirmed(sentence.outcomes, _FLAG_FAMILIES)),
        "reference": [evidence.reference for evidence in claim.evidence] if claim else [],
        "why": "; ".join(sentence.notes),
    }


def _verdict(sentence: _Sentence) -> str | None:
    claim = sentence.claim
    if claim is None:
        return "none"
    told = [outcome for finding, outcome in sentence.outcomes if tells_verdict(finding, claim)]
    if Outcome.CONFIRMED in told:
        return claim.verdict.value
    # what is reported or rejected is sound as such; that nobody could tell, or nobody was asked, is no label
    sound = claim.verdict in (Verdict.SUPPORTED, Verdict.NOT_JUDGED)
    return Verdict.SUPPORTED.value if told or sound else None


def _page_flags(audit: AuditEntry, groups: Groups) -> list[str] | None:
    """The flags of the page as a whole; None where one of them is open or nobody looked."""
    outcomes = [
        (finding, outcome_of(entries) if (entries := decisions_on(finding, audit, groups)) else None)
        for finding in audit.findings
        if family_of(finding.rule) in _PAGE_FAMILIES
    ]
    if not outcomes or not all(outcome in _SETTLED for _, outcome in outcomes):
        return None
    return sorted(_confirmed(outcomes, _PAGE_FAMILIES))


def _confirmed(outcomes: Sequence[tuple[FindingEntry, Outcome | None]], families: Sequence[str]) -> set[str]:
    return {
        finding.rule
        for finding, outcome in outcomes
        if outcome is Outcome.CONFIRMED and family_of(finding.rule) in families
    }


def _page(audit: AuditEntry, units: list[Json], flags: list[str] | None) -> Json:
    page: Json = {
        "id": f"{audit.url or audit.input}@{audit.text_sha256[:12]}",
        "kind": KIND,
        "title": audit.title,
        "text": "\n\n".join(_markdown(block) for block in audit.blocks),
        "units": units,
    }
    return page if flags is None else page | {"page_flags": flags}


def _markdown(block: BlockEntry) -> str:
    if block.kind is BlockKind.HEADING:
        return f"## {escaped(block.text)}"
    return _MARKUP.get(block.kind, "") + escaped(block.text)
